package com.listingsync.console.up;

import com.listingsync.common.run.RunState;
import com.listingsync.console.shell.CommandFailure;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Notices that a run stands still. Told the time in nanoseconds from any origin; confined to one thread. */
final class StallWatch {

    private final long patienceNanos;
    private @Nullable RunState last;
    private long lastMove;
    private boolean begun;

    StallWatch(Duration patience) {
        this.patienceNanos = patience.toNanos();
    }

    /** Notes the run's state. */
    void saw(RunState state, long now) {
        if (!state.equals(last)) {
            last = state;
            lastMove = now;
        }
    }

    /**
     * Checks that the run has moved lately.
     *
     * @param why asked for what may be the reason
     * @throws CommandFailure when it has not
     */
    void requireMovement(long now, Supplier<List<String>> why) {
        if (!begun) {
            begun = true;
            lastMove = now;
        }
        if (now - lastMove > patienceNanos) {
            List<String> problems = why.get();
            throw new CommandFailure("the run has not moved for "
                    + Duration.ofNanos(patienceNanos).toMinutes()
                    + " minutes"
                    + (problems.isEmpty()
                            ? "; every service says it is ready, the log may tell more"
                            : ": " + String.join("; ", problems)));
        }
    }
}
