package com.listingsync.console.command;

import com.listingsync.common.wire.Json;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.shell.Shell;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code replay pause}. Confined to the main thread. */
@Command(
        name = "pause",
        description = "Pauses a replay: nothing more is sent until it is resumed.",
        footer = {"  ./listing-sync replay pause 20261122-074500-k7fq"})
final class ReplayPauseCommand implements Runnable {

    private final Shell shell;

    @Mixin
    private final Target target = new Target();

    @Parameters(paramLabel = "ID", description = "The replay, as 'replay list' shows it.")
    private String id = "";

    @Option(names = "--json", description = "Print a JSON object.")
    private boolean json;

    ReplayPauseCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        Map<String, String> environment = target.environment(shell);
        ReplayFollowing.replays(shell, KafkaAccess.of(environment), environment).pause(id, ReplayFollowing.who(shell));
        shell.print(
                json
                        ? Json.MAPPER
                                .createObjectNode()
                                .put("replay", id)
                                .put("wish", "pause")
                                .toString()
                        : "asked replay " + id + " to pause");
    }
}
