package com.listingsync.console.run;

import com.listingsync.common.run.RunState;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a run says nothing, and what that may mean. Told the time in milliseconds from any origin; confined to one
 * thread.
 */
final class QuietRun {

    private static final long FIRST_WORD = Duration.ofSeconds(15).toMillis();
    private static final long SILENCE = Duration.ofMinutes(2).toMillis();

    private final long begun;
    private @Nullable RunState last;
    private long lastMove;
    private long told;

    QuietRun(long now) {
        this.begun = now;
        this.lastMove = now;
        this.told = now;
    }

    /** Notes the run's state. */
    void saw(RunState state, long now) {
        if (!state.equals(last)) {
            last = state;
            lastMove = now;
            told = now;
        }
    }

    /** A sentence for whoever waits, once in a while; empty when there is nothing to say. */
    Optional<String> note(String run, long now) {
        if (last == null && now - begun >= FIRST_WORD && told == begun) {
            told = now;
            return Optional.of("nobody has reported on run " + run + " yet: is the processor running?");
        }
        if (last != null && now - told >= SILENCE) {
            told = now;
            return Optional.of("run " + run + " has not moved for "
                    + Duration.ofMillis(now - lastMove).toMinutes()
                    + " minutes: a source may be slow, or the processor or the sink may be down");
        }
        return Optional.empty();
    }
}
