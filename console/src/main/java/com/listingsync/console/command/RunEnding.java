package com.listingsync.console.command;

import com.listingsync.common.run.RunState;
import com.listingsync.common.run.RunStatus;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.run.RunFollowing;
import com.listingsync.console.run.RunJson;
import com.listingsync.console.run.RunText;
import com.listingsync.console.run.RunWatch;
import com.listingsync.console.run.RunsTail;
import com.listingsync.console.shell.Screen;
import com.listingsync.console.shell.Shell;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * How {@code --wait} ends: with the run's result and an exit code that tells it, or, on Ctrl-C, with how to follow the run
 * again.
 *
 * @param shell where it is told
 * @param target whom the run was asked of
 */
record RunEnding(Shell shell, Target target) {

    /** Waits for the end of a run; the exit code is 0 only when it completed and every key that was wanted was found. */
    int await(KafkaAccess access, RunsTail tail, String run, boolean json) {
        Optional<RunState> ended;
        try (RunFollowing following = new RunFollowing(shell, access, tail)) {
            ended = following.toEnd(run);
        }
        if (ended.isEmpty()) {
            shell.remarks()
                    .say("run " + run + " goes on; './listing-sync status " + run + " --wait" + target.options()
                            + "' follows it again");
            return Failures.FAILED;
        }
        print(ended.get(), json);
        return wentWell(ended.get()) ? 0 : Failures.FAILED;
    }

    /** Shows the run until it has ended; the exit code is that of {@link #await}. */
    int watch(RunsTail tail, String run, boolean json) {
        Screen screen = shell.remarks().screen();
        AtomicReference<@Nullable RunState> last = new AtomicReference<>();
        Optional<RunState> ended = new RunWatch(tail)
                .untilEnd(run, () -> !shell.stop().isRequested(), state -> {
                    boolean changed = !state.equals(last.getAndSet(state));
                    if (json && changed) {
                        shell.print(RunJson.of(state, shell.clock().millis()).toString());
                    } else if (!json && !state.status().ended()) {
                        long now = shell.clock().millis();
                        screen.draw(RunText.summary(state, now, shell.paint()), now);
                    }
                });
        screen.clear();
        if (!json) {
            ended.ifPresent(state -> print(state, false));
        }
        return ended.filter(RunEnding::wentWell).isPresent() ? 0 : Failures.FAILED;
    }

    /** Prints a run, ended or not. */
    void print(RunState state, boolean json) {
        if (json) {
            shell.out().println(RunJson.of(state, shell.clock().millis()).toPrettyString());
        } else {
            shell.print(RunText.summary(state, shell.clock().millis(), shell.paint()));
        }
    }

    private static boolean wentWell(RunState state) {
        return state.status() == RunStatus.COMPLETED && state.missingKeys().isEmpty();
    }
}
