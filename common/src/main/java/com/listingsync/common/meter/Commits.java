package com.listingsync.common.meter;

import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** How long the commits of a stage's Kafka transactions take, and how many fail. Thread-safe. */
public final class Commits {

    private final Timer committed;
    private final Timer failed;

    /** @param stage wire name of the stage */
    public Commits(Meters meters, String stage) {
        this.committed = meters.timer(Meter.TRANSACTIONS, stage, "committed");
        this.failed = meters.timer(Meter.TRANSACTIONS, stage, "failed");
    }

    /** Runs a commit and measures it; what it throws is thrown on. */
    public void measure(Runnable commit) {
        Timer outcome = failed;
        long begun = System.nanoTime();
        try {
            commit.run();
            outcome = committed;
        } finally {
            outcome.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
        }
    }
}
