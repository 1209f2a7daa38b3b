package com.listingsync.console.command;

import com.listingsync.common.run.RunState;
import com.listingsync.common.run.RunStatus;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.run.RunFollowing;
import com.listingsync.console.run.RunJson;
import com.listingsync.console.run.RunText;
import com.listingsync.console.run.RunsTail;
import com.listingsync.console.shell.Shell;
import java.util.Optional;

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
            shell.err()
                    .println("run " + run + " goes on; './listing-sync status " + run + " --wait" + target.options()
                            + "' follows it again");
            return Failures.FAILED;
        }
        print(ended.get(), json);
        boolean well = ended.get().status() == RunStatus.COMPLETED
                && ended.get().missingKeys().isEmpty();
        return well ? 0 : Failures.FAILED;
    }

    /** Prints a run, ended or not. */
    void print(RunState state, boolean json) {
        if (json) {
            shell.out().println(RunJson.of(state).toPrettyString());
        } else {
            RunText.summary(state, shell.clock().millis()).forEach(shell.out()::println);
        }
    }
}
