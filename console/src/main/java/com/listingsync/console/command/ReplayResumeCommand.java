package com.listingsync.console.command;

import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.replay.Replays;
import com.listingsync.console.shell.Shell;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code replay resume}. Confined to the main thread. */
@Command(
        name = "resume",
        description = "Lets a replay go on where it stands: in its own process, or in this one when that is gone.",
        footer = {"  ./listing-sync replay resume 20261122-074500-k7fq"})
final class ReplayResumeCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private final Target target = new Target();

    @Parameters(paramLabel = "ID", description = "The replay, as 'replay list' shows it.")
    private String id = "";

    @Option(names = "--json", description = "Print the result as a JSON object, and nothing else, on stdout.")
    private boolean json;

    ReplayResumeCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws InterruptedException {
        Map<String, String> environment = target.withSupabase(shell);
        Replays replays = ReplayFollowing.replays(shell, KafkaAccess.of(environment), environment);
        Replays.Started started = replays.resume(id, ReplayFollowing.who(shell));
        return new ReplayFollowing(shell, target, replays, json).toEnd(started);
    }
}
