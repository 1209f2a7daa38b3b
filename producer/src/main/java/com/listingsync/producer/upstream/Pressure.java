package com.listingsync.producer.upstream;

import java.time.Duration;

/**
 * How hard a server may be pressed, by how fast it answers: when first bytes come much later than they used to, fewer requests
 * are made at a time, and in the end the server is given as long a rest after each as it took. What counts is the time to
 * the headers, which hardly depends on the size of a page. Times are nanoseconds. Not thread-safe.
 */
final class Pressure {

    /** An answer is slow when it takes this many times as long as usual, */
    private static final double SLOW_FACTOR = 3;

    /** and longer than this, so that jitter on a fast line means nothing. */
    private static final long SLOW_FROM = Duration.ofMillis(500).toNanos();

    private static final Duration LONGEST_REST = Duration.ofSeconds(30);

    /** Answers in time, in a row, after which one more request is tried at the same time. */
    private static final int GROWS_AFTER = 10;

    /** The usual time follows answers in time by a tenth, slow ones by a fiftieth: a server may become slow for good. */
    private static final double FOLLOWS_FAST = 0.1;

    private static final double FOLLOWS_SLOW = 0.02;

    private final int most;
    private int concurrency;
    private double usual;
    private int inTime;
    private Duration rest = Duration.ZERO;

    /**
     * @param most requests at the same time when all is well, at least 1
     */
    Pressure(int most) {
        this.most = most;
        this.concurrency = most;
    }

    /** Requests that may be under way at the same time now. */
    int concurrency() {
        return concurrency;
    }

    /** How long the server is left alone before the next request. */
    Duration rest() {
        return rest;
    }

    /** Whether fewer requests are made than are allowed, because the server has slowed down. */
    boolean heldBack() {
        return concurrency < most || !rest.isZero();
    }

    /** Notes how long the headers of an answer took. */
    void answered(long nanos) {
        boolean slow = usual > 0 && nanos > SLOW_FROM && nanos > usual * SLOW_FACTOR;
        usual = usual == 0 ? nanos : usual + (nanos - usual) * (slow ? FOLLOWS_SLOW : FOLLOWS_FAST);
        if (slow) {
            inTime = 0;
            rest = concurrency == 1 ? shorter(Duration.ofNanos(nanos)) : Duration.ZERO;
            concurrency = Math.max(1, concurrency / 2);
            return;
        }
        rest = Duration.ZERO;
        inTime++;
        if (inTime >= GROWS_AFTER && concurrency < most) {
            concurrency++;
            inTime = 0;
        }
    }

    private static Duration shorter(Duration duration) {
        return duration.compareTo(LONGEST_REST) < 0 ? duration : LONGEST_REST;
    }
}
