package com.listingsync.console.run;

import com.listingsync.common.run.RunState;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Follows one run to its end. Confined to the thread of its tail. */
public final class RunWatch {

    private static final Duration POLL = Duration.ofMillis(250);

    private final RunsTail tail;

    public RunWatch(RunsTail tail) {
        this.tail = tail;
    }

    /**
     * Waits for the run's end.
     *
     * @param goOn asked several times a second; the waiting ends when it says no, or with what it throws
     * @param each told the run's state several times a second, changed or not
     * @return the state of the ended run; empty when the waiting was ended before
     */
    public Optional<RunState> untilEnd(String run, BooleanSupplier goOn, Consumer<RunState> each) {
        while (goOn.getAsBoolean()) {
            tail.changes(POLL);
            Optional<RunState> state = tail.run(run);
            state.ifPresent(each);
            if (state.isPresent() && state.get().status().ended()) {
                return state;
            }
        }
        return Optional.empty();
    }
}
