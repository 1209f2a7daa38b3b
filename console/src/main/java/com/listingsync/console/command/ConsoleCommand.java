package com.listingsync.console.command;

import com.listingsync.console.ConsoleApp;
import com.listingsync.console.ConsoleSettings;
import com.listingsync.console.shell.Shell;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code console}. Confined to the main thread. */
@Command(
        name = "console",
        description = "Runs the console: the dashboard and the HTTP API.",
        footer = {"  ./listing-sync console", "  ./listing-sync console --print-settings"})
final class ConsoleCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private final ServiceRun run = new ServiceRun();

    ConsoleCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws InterruptedException {
        return run.run(shell, ConsoleSettings.class, environment -> ConsoleApp.start(environment));
    }
}
