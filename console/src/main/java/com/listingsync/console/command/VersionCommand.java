package com.listingsync.console.command;

import com.listingsync.console.reference.Version;
import com.listingsync.console.shell.Shell;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code version}. Confined to the main thread. */
@Command(
        name = "version",
        description = "Prints the versions of Listing Sync, its Kafka client and Java.",
        footer = {"  ./listing-sync version", "  ./listing-sync version --json"})
final class VersionCommand implements Runnable {

    private final Shell shell;

    @Option(names = "--json", description = "Print a JSON object.")
    private boolean json;

    VersionCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        if (json) {
            shell.print(Version.json().toPrettyString());
        } else {
            shell.print(List.of(new Version().getVersion()));
        }
    }
}
