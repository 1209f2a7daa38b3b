package com.listingsync.console.command;

import com.listingsync.console.shell.Shell;
import com.listingsync.sink.SinkApp;
import com.listingsync.sink.SinkSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sink}. Confined to the main thread. */
@Command(
        name = "sink",
        description = "Runs the sink: writes rows to Supabase in batches.",
        footer = {"  ./listing-sync sink", "  ./listing-sync sink --print-settings"})
final class SinkCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private final ServiceRun run = new ServiceRun();

    SinkCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws InterruptedException {
        return run.run(shell, SinkSettings.class, environment -> SinkApp.start(environment));
    }
}
