package com.listingsync.console.command;

import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.replay.Replays;
import com.listingsync.console.shell.Shell;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code replay show}. Confined to the main thread. */
@Command(
        name = "show",
        description = "Shows how a replay stands: how far, what became of its rows, what it waits for.",
        footer = {"  ./listing-sync replay show 20261122-074500-k7fq"})
final class ReplayShowCommand implements Runnable {

    private final Shell shell;

    @Mixin
    private final Target target = new Target();

    @Parameters(paramLabel = "ID", description = "The replay, as 'replay list' shows it.")
    private String id = "";

    @Option(names = "--json", description = "Print a JSON object.")
    private boolean json;

    ReplayShowCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        Map<String, String> environment = target.environment(shell);
        Replays replays = ReplayFollowing.replays(shell, KafkaAccess.of(environment), environment);
        new ReplayFollowing(shell, target, replays, json).print(replays.show(id));
    }
}
