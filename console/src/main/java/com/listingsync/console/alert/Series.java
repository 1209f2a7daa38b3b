package com.listingsync.console.alert;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;

/** The values of one meter with its tags over time. Confined to one thread. */
final class Series {

    /** As often as Prometheus asks by our configuration; what lies closer together is kept once. */
    private static final long STEP_MILLIS = 15_000;

    /** As Prometheus: a value counts for so long when no newer one comes. */
    private static final long LOOK_BACK_MILLIS = 300_000;

    /** As Prometheus: a value is expected within so many times the usual distance of two. */
    private static final double EXPECTED_WITHIN = 1.1;

    private final Deque<Point> points = new ArrayDeque<>();

    /** @param value NaN when the meter is not there any more */
    private record Point(long at, double value) {}

    /** A value; not older than the one before. What lies before {@code since} is let go of. */
    void add(long at, double value, long since) {
        Point newest = points.pollLast();
        if (newest != null) {
            Point before = points.peekLast();
            boolean close = before != null && at - before.at() < STEP_MILLIS;
            if (!close) {
                points.addLast(newest);
            }
        }
        points.addLast(new Point(at, value));
        while (points.size() > 1 && points.getFirst().at() < since) {
            points.removeFirst();
        }
    }

    /** The value at a time; empty when there was none. */
    OptionalDouble at(long time) {
        for (var newestFirst = points.descendingIterator(); newestFirst.hasNext(); ) {
            Point point = newestFirst.next();
            if (point.at() <= time) {
                return Double.isNaN(point.value()) || time - point.at() > LOOK_BACK_MILLIS
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(point.value());
            }
        }
        return OptionalDouble.empty();
    }

    /**
     * By how much a counter has grown after {@code from} until {@code to}, a restart's fall aside; empty with fewer than two values.
     *
     * <p>As Prometheus 3 reckons ({@code increase}): what lies between the ends of the time and the values next to them is taken to have
     * gone on as it went between the values, when a value was to be expected there; else for half the usual distance of two values; and
     * never back to before the counter began from nothing.
     */
    OptionalDouble increase(long from, long to) {
        List<Point> known = points.stream()
                .filter(point -> point.at() > from && point.at() <= to && !Double.isNaN(point.value()))
                .toList();
        if (known.size() < 2) {
            return OptionalDouble.empty();
        }
        Point first = known.get(0);
        Point last = known.get(known.size() - 1);
        double grown = grown(known);
        double sampled = seconds(first.at(), last.at());
        double apart = sampled / (known.size() - 1);
        double before = reach(seconds(from, first.at()), apart);
        if (grown > 0 && first.value() >= 0) {
            before = Math.min(before, sampled * (first.value() / grown));
        }
        double after = reach(seconds(last.at(), to), apart);
        return OptionalDouble.of(grown * ((sampled + before + after) / sampled));
    }

    private static double grown(List<Point> known) {
        double sum = known.get(known.size() - 1).value() - known.get(0).value();
        for (int i = 1; i < known.size(); i++) {
            double before = known.get(i - 1).value();
            if (known.get(i).value() < before) {
                sum += before;
            }
        }
        return sum;
    }

    /** How far beyond the outermost value the growth is taken to have gone on. */
    private static double reach(double toTheEnd, double apart) {
        return toTheEnd < apart * EXPECTED_WITHIN ? toTheEnd : apart / 2;
    }

    private static double seconds(long from, long to) {
        return (to - from) / 1000.0;
    }

    /** Whether it has had no value since. */
    boolean isGone(long since) {
        Point newest = points.peekLast();
        return newest == null || newest.at() < since || points.size() == 1 && Double.isNaN(newest.value());
    }

    /** Whether its newest value says that the meter is there. */
    boolean isThere() {
        Point newest = points.peekLast();
        return newest != null && !Double.isNaN(newest.value());
    }
}
