package com.listingsync.producer.schedule;

import com.listingsync.producer.connection.Polling;
import java.time.Duration;

/**
 * How long a feed is left alone now: half as long after every pass that brought changes, half as long again after every one
 * that brought none, between the bounds of its polling; after a pass that failed a minute, doubled while it keeps failing.
 * Immutable and pure.
 *
 * @param polling the bounds
 * @param interval time to the next pass when all is well
 * @param failures passes in a row that failed
 */
record Pace(Polling polling, Duration interval, int failures) {

    /** A feed in trouble is tried again this soon, or at its interval if that is sooner. */
    static final Duration AFTER_TROUBLE = Duration.ofMinutes(1);

    /** Beyond this many doublings every interval is reached. */
    private static final int MOST_DOUBLINGS = 20;

    /** The pace of a feed of which nothing is known yet. */
    static Pace of(Polling polling) {
        return new Pace(polling, polling.longest(), 0);
    }

    /** After a pass that brought changes: where something happens, more is likely to. */
    Pace busy() {
        return new Pace(polling, bounded(interval.dividedBy(2)), 0);
    }

    /** After a pass that brought none. */
    Pace idle() {
        return new Pace(polling, bounded(interval.multipliedBy(3).dividedBy(2)), 0);
    }

    /** After a pass that says nothing of how often something changes, such as one over everything. */
    Pace unmoved() {
        return new Pace(polling, interval, 0);
    }

    /** After a pass that failed. */
    Pace troubled() {
        return new Pace(polling, interval, failures + 1);
    }

    /** Time to the next pass. */
    Duration untilNext() {
        if (failures == 0) {
            return interval;
        }
        Duration pause = AFTER_TROUBLE.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        return pause.compareTo(polling.longest()) < 0 ? pause : polling.longest();
    }

    private Duration bounded(Duration wanted) {
        if (wanted.compareTo(polling.shortest()) < 0) {
            return polling.shortest();
        }
        return wanted.compareTo(polling.longest()) > 0 ? polling.longest() : wanted;
    }
}
