package com.listingsync.console.command;

import com.listingsync.console.reference.MetersPage;
import com.listingsync.console.shell.Shell;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code meters}. Confined to the main thread. */
@Command(
        name = "meters",
        description = "Prints every meter, as Markdown.",
        footer = {"  ./listing-sync meters", "  ./listing-sync meters --json"})
final class MetersCommand implements Runnable {

    private final Shell shell;

    @Option(names = "--json", description = "Print a JSON array.")
    private boolean json;

    MetersCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        shell.out().print(json ? MetersPage.json().toPrettyString() + "\n" : MetersPage.markdown());
        shell.out().flush();
    }
}
