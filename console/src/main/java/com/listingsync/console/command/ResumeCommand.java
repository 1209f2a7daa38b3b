package com.listingsync.console.command;

import com.listingsync.console.shell.Shell;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code resume}. Confined to the main thread. */
@Command(
        name = "resume",
        description = "Lets a service, a connection or a feed work again; it goes on where it stood.",
        footer = {"  ./listing-sync resume sink", "  ./listing-sync resume feed mls/media"})
final class ResumeCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private final SignalArguments arguments = new SignalArguments();

    ResumeCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        return arguments.send(shell, false);
    }
}
