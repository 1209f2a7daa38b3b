package com.listingsync.console.alert;

import com.listingsync.console.live.Sample;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** What the meters of all services have shown during the last hour, those that rules ask for. Confined to one thread. */
final class MeterHistory {

    /** A little more than the longest time that a rule looks back. */
    private static final long KEPT_MILLIS = Duration.ofMinutes(66).toMillis();

    private final Set<String> wanted;
    private final Map<String, Map<Map<String, String>, Series>> series = new HashMap<>();
    private long began = Long.MIN_VALUE;

    /** @param wanted names of the meters that are kept */
    MeterHistory(Set<String> wanted) {
        this.wanted = Set.copyOf(wanted);
    }

    /** Everything that the services show at a time; what was there and is not among it is gone. */
    void look(long at, Collection<Sample> samples) {
        Set<Series> seen = new HashSet<>();
        for (Sample sample : samples) {
            if (wanted.contains(sample.name())) {
                seen.add(add(at, sample));
            }
        }
        series.values().forEach(all -> {
            all.values().stream()
                    .filter(each -> !seen.contains(each) && each.isThere())
                    .forEach(each -> each.add(at, Double.NaN, at - KEPT_MILLIS));
            all.values().removeIf(each -> each.isGone(at - KEPT_MILLIS));
        });
    }

    /** One value; the others stay as they are. */
    Series add(long at, Sample sample) {
        began = began == Long.MIN_VALUE ? at : began;
        Series one = series.computeIfAbsent(sample.name(), name -> new HashMap<>())
                .computeIfAbsent(new TreeMap<>(sample.tags()), tags -> new Series());
        one.add(at, sample.value(), at - KEPT_MILLIS);
        return one;
    }

    /**
     * The values of a meter at a time, by tags. Before the first look nobody knows: what it found counts as having been there.
     */
    Map<Map<String, String>, Double> at(String name, Predicate<Map<String, String>> tags, long time) {
        return values(name, tags, each -> each.at(Math.max(time, began)));
    }

    /** By how much counters have grown, by tags. */
    Map<Map<String, String>, Double> increase(String name, Predicate<Map<String, String>> tags, long from, long to) {
        return values(name, tags, each -> each.increase(from, to));
    }

    private Map<Map<String, String>, Double> values(
            String name, Predicate<Map<String, String>> tags, Function<Series, OptionalDouble> value) {
        Map<Map<String, String>, Double> values = new HashMap<>();
        series.getOrDefault(name, Map.of()).forEach((of, each) -> {
            if (tags.test(of)) {
                value.apply(each).ifPresent(found -> values.put(of, found));
            }
        });
        return values;
    }
}
