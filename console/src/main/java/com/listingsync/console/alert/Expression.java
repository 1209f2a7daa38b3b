package com.listingsync.console.alert;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Predicate;

/**
 * What a rule asks: the part of PromQL that our rules use, and it means what it means there (operators match equal label sets,
 * comparisons filter, {@code increase} and {@code rate} are extrapolated to the ends of their time). Immutable.
 */
sealed interface Expression {

    /** The values at a time, by labels; a number is one value without any. */
    Map<Map<String, String>, Double> at(MeterHistory history, long time);

    /** Names of the meters it asks for. */
    Set<String> meters();

    /** Whether it is a number, which is combined with every value whatever its labels. */
    default boolean isNumber() {
        return false;
    }

    /** A number. */
    record Constant(double value) implements Expression {
        @Override
        public Map<Map<String, String>, Double> at(MeterHistory history, long time) {
            return Map.of(Map.of(), value);
        }

        @Override
        public Set<String> meters() {
            return Set.of();
        }

        @Override
        public boolean isNumber() {
            return true;
        }
    }

    /**
     * Which series.
     *
     * @param name of the meter
     * @param equal labels that are demanded to be equal, for {@code absent}
     * @param tags whether a series is wanted
     */
    record Selector(String name, Map<String, String> equal, Predicate<Map<String, String>> tags) {}

    /** The values of series, at the time or {@code offsetMillis} before it. */
    record Values(Selector of, long offsetMillis) implements Expression {
        @Override
        public Map<Map<String, String>, Double> at(MeterHistory history, long time) {
            return history.at(of.name(), of.tags(), time - offsetMillis);
        }

        @Override
        public Set<String> meters() {
            return Set.of(of.name());
        }
    }

    /** By how much counters have grown during a time, in all or a second. */
    record Growth(Selector of, long millis, boolean aSecond) implements Expression {
        @Override
        public Map<Map<String, String>, Double> at(MeterHistory history, long time) {
            Map<Map<String, String>, Double> grown = history.increase(of.name(), of.tags(), time - millis, time);
            if (aSecond) {
                grown.replaceAll((labels, value) -> value * 1000 / millis);
            }
            return grown;
        }

        @Override
        public Set<String> meters() {
            return Set.of(of.name());
        }
    }

    /** One value when a series is not there, else none. */
    record Absent(Selector of) implements Expression {
        @Override
        public Map<Map<String, String>, Double> at(MeterHistory history, long time) {
            return history.at(of.name(), of.tags(), time).isEmpty() ? Map.of(new TreeMap<>(of.equal()), 1.0) : Map.of();
        }

        @Override
        public Set<String> meters() {
            return Set.of(of.name());
        }
    }

    /** Several values as one for each set of these labels: {@code sum}, {@code max} or {@code min}. */
    record Aggregate(DoubleBinaryOperator how, List<String> by, Expression of) implements Expression {
        @Override
        public Map<Map<String, String>, Double> at(MeterHistory history, long time) {
            Map<Map<String, String>, Double> all = new HashMap<>();
            of.at(history, time).forEach((labels, value) -> {
                Map<String, String> kept = new TreeMap<>(labels);
                kept.keySet().retainAll(by);
                all.merge(kept, value, how::applyAsDouble);
            });
            return all;
        }

        @Override
        public Set<String> meters() {
            return of.meters();
        }
    }

    /** A value for each pair of equal labels, or for each of the left with the number on the right, or the other way. */
    record Arithmetic(DoubleBinaryOperator how, Expression left, Expression right) implements Expression {
        @Override
        public Map<Map<String, String>, Double> at(MeterHistory history, long time) {
            Map<Map<String, String>, Double> values = new HashMap<>();
            Pairs.of(left, right, history, time)
                    .forEach(pair -> values.put(pair.labels(), how.applyAsDouble(pair.left(), pair.right())));
            return values;
        }

        @Override
        public Set<String> meters() {
            return Pairs.meters(left, right);
        }
    }

    /** Those of the left that compare so. */
    record Comparison(Comparing how, Expression left, Expression right) implements Expression {

        /** A comparison of two values. */
        @FunctionalInterface
        interface Comparing {
            boolean test(double left, double right);
        }

        @Override
        public Map<Map<String, String>, Double> at(MeterHistory history, long time) {
            Map<Map<String, String>, Double> values = new HashMap<>();
            Pairs.of(left, right, history, time).stream()
                    .filter(pair -> how.test(pair.left(), pair.right()))
                    .forEach(pair -> values.put(pair.labels(), pair.left()));
            return values;
        }

        @Override
        public Set<String> meters() {
            return Pairs.meters(left, right);
        }
    }

    /** Those of the left, and those of the right with other labels. */
    record Or(Expression left, Expression right) implements Expression {
        @Override
        public Map<Map<String, String>, Double> at(MeterHistory history, long time) {
            Map<Map<String, String>, Double> values = new HashMap<>(right.at(history, time));
            values.putAll(left.at(history, time));
            return values;
        }

        @Override
        public Set<String> meters() {
            return Pairs.meters(left, right);
        }
    }

    /** Those of the left whose labels the right does not have. */
    record Unless(Expression left, Expression right) implements Expression {
        @Override
        public Map<Map<String, String>, Double> at(MeterHistory history, long time) {
            Map<Map<String, String>, Double> values = new HashMap<>(left.at(history, time));
            values.keySet().removeAll(right.at(history, time).keySet());
            return values;
        }

        @Override
        public Set<String> meters() {
            return Pairs.meters(left, right);
        }
    }
}
