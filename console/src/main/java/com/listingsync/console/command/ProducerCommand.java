package com.listingsync.console.command;

import com.listingsync.console.shell.Shell;
import com.listingsync.producer.ProducerApp;
import com.listingsync.producer.ProducerSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code producer}. Confined to the main thread. */
@Command(
        name = "producer",
        description = "Runs the producer: polls MLS feeds and sheets and puts every change on a topic.",
        footer = {"  ./listing-sync producer", "  ./listing-sync producer --print-settings"})
final class ProducerCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private final ServiceRun run = new ServiceRun();

    ProducerCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws InterruptedException {
        return run.run(shell, ProducerSettings.class, environment -> ProducerApp.start(environment));
    }
}
