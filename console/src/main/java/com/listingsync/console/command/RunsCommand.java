package com.listingsync.console.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.listingsync.common.run.RunState;
import com.listingsync.common.wire.Json;
import com.listingsync.console.run.RunJson;
import com.listingsync.console.run.RunText;
import com.listingsync.console.run.RunsTail;
import com.listingsync.console.shell.Shell;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code runs}. Confined to the main thread. */
@Command(
        name = "runs",
        description = "Lists sync runs, the newest first.",
        footer = {"  ./listing-sync runs", "  ./listing-sync runs --last 5 --json"})
final class RunsCommand implements Runnable {

    private final Shell shell;

    @Mixin
    private final Target target = new Target();

    @Option(
            names = "--last",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many (default: ${DEFAULT-VALUE}).")
    private int last;

    @Option(names = "--json", description = "Print a JSON array.")
    private boolean json;

    RunsCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        if (last < 1) {
            throw new WrongUsage("--last: expected 1 or more; found " + last);
        }
        try (RunsTail tail = RunsTail.open(target.kafka(shell))) {
            List<RunState> runs = tail.newestFirst().stream().limit(last).toList();
            if (json) {
                ArrayNode array = Json.MAPPER.createArrayNode();
                runs.forEach(run -> array.add(RunJson.of(run, shell.clock().millis())));
                shell.out().println(array.toPrettyString());
            } else {
                shell.print(RunText.list(runs, shell.clock().millis(), shell.paint()));
            }
        }
    }
}
