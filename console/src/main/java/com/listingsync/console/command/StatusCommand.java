package com.listingsync.console.command;

import com.listingsync.common.run.RunState;
import com.listingsync.console.run.RunJson;
import com.listingsync.console.run.RunText;
import com.listingsync.console.run.RunsTail;
import com.listingsync.console.shell.CommandFailure;
import com.listingsync.console.shell.Shell;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code status}. Confined to the main thread. */
@Command(name = "status", description = "Shows one sync run, feed by feed: what was fetched and what became of it.")
final class StatusCommand implements Runnable {

    private final Shell shell;

    @Mixin
    private final Target target = new Target();

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "The run's id; the newest when left out.")
    private @Nullable String run;

    @Option(names = "--json", description = "Print a JSON object.")
    private boolean json;

    StatusCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        try (RunsTail tail = RunsTail.open(target.kafka(shell))) {
            RunState state = wanted(tail);
            if (json) {
                shell.out().println(RunJson.of(state).toPrettyString());
            } else {
                RunText.summary(state, shell.clock().millis()).forEach(shell.out()::println);
            }
        }
    }

    private RunState wanted(RunsTail tail) {
        if (run == null) {
            return tail.newestFirst().stream()
                    .findFirst()
                    .orElseThrow(() -> new CommandFailure("there has been no sync run yet"));
        }
        return tail.run(run)
                .orElseThrow(
                        () -> new CommandFailure("there is no run '" + run + "'; './listing-sync runs' lists them"));
    }
}
