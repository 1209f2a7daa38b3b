package com.listingsync.console.command;

import com.listingsync.console.shell.Shell;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pause}. Confined to the main thread. */
@Command(
        name = "pause",
        description =
                "Pauses a service, a connection or a feed, until it is resumed: within a second, and over restarts. What is under way is ended cleanly; nothing is lost or read twice, and services stay in their groups.",
        footer = {
            "  ./listing-sync pause sink --why migration",
            "  ./listing-sync pause feed mls/media",
            "  ./listing-sync pause connection mls --json"
        })
final class PauseCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private final SignalArguments arguments = new SignalArguments();

    PauseCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        return arguments.send(shell, true);
    }
}
