package com.listingsync.console.alert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which rules hold, since when, and which of them for long enough. Confined to one thread. */
final class AlertBook {

    private final List<AlertRule> rules;
    private final Map<AlertRule, Map<Map<String, String>, Long>> since = new HashMap<>();

    AlertBook(List<AlertRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /**
     * A rule that holds.
     *
     * @param labels of what it holds of
     * @param summary what it says
     * @param since when it began to hold, in milliseconds since 1970
     * @param firing whether it has held for long enough
     */
    record Holding(Map<String, String> labels, String summary, long since, boolean firing) {}

    /** Names of the meters that rules ask for. */
    static Set<String> meters(List<AlertRule> rules) {
        return rules.stream()
                .flatMap(rule -> rule.expression().meters().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Every rule with what it holds of at a time; not earlier than the time before. */
    Map<AlertRule, List<Holding>> at(MeterHistory history, long time) {
        Map<AlertRule, List<Holding>> all = new LinkedHashMap<>();
        for (AlertRule rule : rules) {
            Map<Map<String, String>, Double> values = rule.expression().at(history, time);
            Map<Map<String, String>, Long> known = since.computeIfAbsent(rule, each -> new HashMap<>());
            known.keySet().retainAll(values.keySet());
            List<Holding> holding = new ArrayList<>();
            values.forEach((labels, value) -> {
                if (!value.isNaN()) {
                    long began = known.computeIfAbsent(labels, each -> time);
                    boolean firing = time - began >= rule.lasting().toMillis();
                    holding.add(new Holding(new TreeMap<>(labels), rule.summary(labels, value), began, firing));
                }
            });
            all.put(rule, holding);
        }
        return all;
    }
}
