package com.listingsync.console.alert;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Two values with the same labels, one of each side of an operator. Stateless. */
final class Pairs {

    private Pairs() {}

    /** @param labels of both; those of the side that is no number */
    record Pair(Map<String, String> labels, double left, double right) {}

    static List<Pair> of(Expression left, Expression right, MeterHistory history, long time) {
        Map<Map<String, String>, Double> lefts = left.at(history, time);
        Map<Map<String, String>, Double> rights = right.at(history, time);
        List<Pair> pairs = new ArrayList<>();
        if (left.isNumber()) {
            double number = lefts.values().iterator().next();
            rights.forEach((labels, value) -> pairs.add(new Pair(labels, number, value)));
            return pairs;
        }
        lefts.forEach((labels, value) -> {
            Double other = right.isNumber() ? rights.values().iterator().next() : rights.get(labels);
            if (other != null) {
                pairs.add(new Pair(labels, value, other));
            }
        });
        return pairs;
    }

    static Set<String> meters(Expression left, Expression right) {
        Set<String> all = new HashSet<>(left.meters());
        all.addAll(right.meters());
        return all;
    }
}
