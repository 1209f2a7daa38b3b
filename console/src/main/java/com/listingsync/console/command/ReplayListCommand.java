package com.listingsync.console.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.listingsync.common.wire.Json;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.replay.ReplayStatus;
import com.listingsync.console.replay.ReplayText;
import com.listingsync.console.shell.Shell;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code replay list}. Confined to the main thread. */
@Command(
        name = "list",
        description = "Lists replays, running and past ones, the newest first.",
        footer = {"  ./listing-sync replay list --last 5"})
final class ReplayListCommand implements Runnable {

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

    ReplayListCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        Map<String, String> environment = target.environment(shell);
        List<ReplayStatus> replays =
                ReplayFollowing.replays(shell, KafkaAccess.of(environment), environment).list().stream()
                        .limit(last)
                        .toList();
        if (json) {
            ArrayNode array = Json.MAPPER.createArrayNode();
            replays.forEach(replay -> array.add(ReplayText.json(replay)));
            shell.out().println(array.toPrettyString());
        } else {
            ReplayText.list(replays).forEach(shell.out()::println);
        }
    }
}
