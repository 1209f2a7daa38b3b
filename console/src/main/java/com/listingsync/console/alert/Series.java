package com.listingsync.console.alert;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;

/** The values of one meter with its tags over time. Confined to one thread. */
final class Series {

    /** As often as Prometheus asks by our configuration; what lies closer together is kept once. */
    private static final long STEP_MILLIS = 15_000;

    /** As Prometheus: a value counts for so long when no newer one comes. */
    private static final long LOOK_BACK_MILLIS = 300_000;

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
     * By how much a counter has grown, a restart's fall aside; empty with fewer than two values. Unlike Prometheus nothing is added
     * for the ends of the time that have no value.
     */
    OptionalDouble increase(long from, long to) {
        int known = 0;
        double before = 0;
        double sum = 0;
        for (Point point : points) {
            if (point.at() >= from && point.at() <= to && !Double.isNaN(point.value())) {
                if (known > 0) {
                    sum += point.value() >= before ? point.value() - before : point.value();
                }
                before = point.value();
                known++;
            }
        }
        return known < 2 ? OptionalDouble.empty() : OptionalDouble.of(sum);
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
