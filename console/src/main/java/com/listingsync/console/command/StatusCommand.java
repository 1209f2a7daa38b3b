package com.listingsync.console.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.run.RunState;
import com.listingsync.common.setting.EnvRecords;
import com.listingsync.common.signal.Signal;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.run.RunJson;
import com.listingsync.console.run.RunsTail;
import com.listingsync.console.shell.CommandFailure;
import com.listingsync.console.shell.Shell;
import com.listingsync.console.signal.SignalBoard;
import com.listingsync.sink.cutover.CutoverSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code status}. Confined to the main thread. */
@Command(
        name = "status",
        description = "Shows one sync run, feed by feed: what was fetched and what became of it.",
        footer = {
            "  ./listing-sync status",
            "  ./listing-sync status 20261122-074500-k7fq --watch",
            "  ./listing-sync status --json"
        })
final class StatusCommand implements Callable<Integer> {

    private static final Duration FIRST_REPORT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Shell shell;

    @Mixin
    private final Target target = new Target();

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "The run's id; the newest when left out.")
    private @Nullable String run;

    @Option(
            names = "--wait",
            description =
                    "Show progress until the run has ended; exit 0 only when it completed and every key was found.")
    private boolean wait;

    @Option(
            names = "--watch",
            description =
                    "Show the run again and again until it has ended: on a terminal in place, elsewhere a block every"
                            + " few seconds; with --json an object a line whenever it changes. Exit code as with --wait.")
    private boolean watch;

    @Option(names = "--json", description = "Print a JSON object.")
    private boolean json;

    StatusCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        KafkaAccess access = target.kafka(shell);
        RunEnding ending = new RunEnding(shell, target);
        try (RunsTail tail = RunsTail.open(access)) {
            RunState state = wanted(tail);
            if (wait) {
                return ending.await(access, tail, state.run(), json);
            }
            if (watch) {
                return ending.watch(tail, state.run(), json);
            }
            print(ending, state, new SignalBoard(access).read().paused());
        }
        return 0;
    }

    private void print(RunEnding ending, RunState state, List<Signal> paused) {
        CutoverSettings cutover = EnvRecords.read(CutoverSettings.class, target.environment(shell));
        if (json) {
            ObjectNode object = RunJson.of(state, shell.clock().millis(), paused);
            object.putObject("cutover").put("mode", cutover.mode().toString()).put("percent", cutover.percent());
            shell.print(object.toPrettyString());
            return;
        }
        ending.print(state, false);
        paused.forEach(signal -> shell.print(shell.paint().warning(signal.words())));
        if (!cutover.isComplete()) {
            shell.print(shell.paint().warning(cutover.words()));
        }
    }

    private RunState wanted(RunsTail tail) {
        if (run == null) {
            return tail.newestFirst().stream()
                    .findFirst()
                    .orElseThrow(() -> new CommandFailure("there has been no sync run yet"));
        }
        if (wait || watch) {
            // Asked for a moment ago, it may not have been reported on yet.
            long giveUp = System.nanoTime() + FIRST_REPORT.toNanos();
            while (tail.run(run).isEmpty() && System.nanoTime() < giveUp) {
                tail.changes(POLL);
            }
        }
        return tail.run(run)
                .orElseThrow(
                        () -> new CommandFailure("there is no run '" + run + "'; './listing-sync runs' lists them"));
    }
}
