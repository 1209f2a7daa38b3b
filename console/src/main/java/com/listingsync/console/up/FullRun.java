package com.listingsync.console.up;

import com.listingsync.common.run.RunId;
import com.listingsync.common.run.RunState;
import com.listingsync.console.run.RunRequest;
import com.listingsync.console.run.RunWatch;
import com.listingsync.console.run.RunsTail;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A run over everything that a stack reads, asked for and followed to its end. Confined to one thread. */
final class FullRun {

    /** A run that stands still this long will not move by itself: the wait ends with what is not ready. */
    private static final Duration STALL = Duration.ofMinutes(3);

    private final Stack stack;
    private final BooleanSupplier goOn;

    /** @param goOn asked several times a second; the waiting ends when it says no */
    FullRun(Stack stack, BooleanSupplier goOn) {
        this.stack = stack;
        this.goOn = goOn;
    }

    /**
     * Asks for the run and waits for its end.
     *
     * @param each told the run's state several times a second
     * @return the ended run; empty when the waiting was ended before
     * @throws com.listingsync.console.shell.CommandFailure when a service died or nothing moves any more
     */
    Optional<RunState> follow(RunsTail tail, Instant now, Consumer<RunState> each) {
        String run = RunId.next(now, new SecureRandom());
        RunRequest.over(run, "up", stack.connections(), List.of(), false).send(stack.kafka(), now.toEpochMilli());
        StallWatch stall = new StallWatch(STALL);
        return new RunWatch(tail)
                .untilEnd(
                        run,
                        () -> {
                            stack.requireAlive();
                            stall.requireMovement(System.nanoTime(), stack::notReady);
                            return goOn.getAsBoolean();
                        },
                        state -> {
                            stall.saw(state, System.nanoTime());
                            each.accept(state);
                        });
    }
}
