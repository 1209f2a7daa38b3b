package com.listingsync.console.command;

import com.listingsync.console.shell.Shell;
import picocli.CommandLine.Command;

/** {@code version}. Confined to the main thread. */
@Command(name = "version", description = "Prints the versions of Listing Sync, its Kafka client and Java.")
final class VersionCommand implements Runnable {

    private final Shell shell;

    VersionCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        for (String line : new Version().getVersion()) {
            shell.out().println(line);
        }
    }
}
