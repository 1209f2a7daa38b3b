package com.listingsync.console.command;

import com.listingsync.console.shell.Shell;
import com.listingsync.processor.ProcessorApp;
import com.listingsync.processor.ProcessorSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code processor}. Confined to the main thread. */
@Command(
        name = "processor",
        description = "Runs the processor: drops what is not new, joins children to parents, makes rows.",
        footer = {"  ./listing-sync processor", "  ./listing-sync processor --print-settings"})
final class ProcessorCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private final ServiceRun run = new ServiceRun();

    ProcessorCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws InterruptedException {
        return run.run(shell, ProcessorSettings.class, environment -> ProcessorApp.start(environment));
    }
}
