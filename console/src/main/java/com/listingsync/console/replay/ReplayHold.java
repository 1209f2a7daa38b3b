package com.listingsync.console.replay;

import java.time.Duration;

/**
 * What keeps a replay from sending: somebody's wish, a sink that is paused, or live rows that wait. Thread-safe: one thread looks, the loop asks.
 *
 * <p>Live rows that wait for more than {@link #YIELD_ABOVE} go first, until none waits for more than half of that.
 */
final class ReplayHold {

    /** The live stream is to be fresher than this beside any replay; a quiet sink answers within some 100 ms. */
    static final Duration YIELD_ABOVE = Duration.ofSeconds(1);

    /** How soon the loop asks again. */
    private static final Duration ASK_AGAIN = Duration.ofMillis(100);

    private volatile boolean paused;
    private volatile boolean sinkPaused;
    private volatile boolean yielding;

    void paused(boolean now) {
        paused = now;
    }

    /** The sink of the same project is, or is not, to write anything. */
    void sinkPaused(boolean now) {
        sinkPaused = now;
    }

    /** The oldest live row has been waiting for so long. */
    void live(Duration waiting) {
        yielding = waiting.compareTo(yielding ? YIELD_ABOVE.dividedBy(2) : YIELD_ABOVE) > 0;
    }

    boolean isPaused() {
        return paused || sinkPaused;
    }

    boolean isYielding() {
        return yielding;
    }

    /** How long nothing is to be sent; zero when it may be. */
    Duration now() {
        return isPaused() || yielding ? ASK_AGAIN : Duration.ZERO;
    }
}
