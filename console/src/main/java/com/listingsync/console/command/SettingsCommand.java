package com.listingsync.console.command;

import com.listingsync.console.reference.SettingsPage;
import com.listingsync.console.shell.Shell;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code settings}. Confined to the main thread. */
@Command(
        name = "settings",
        description = "Prints every setting of every service, with its default, as Markdown.",
        footer = {"  ./listing-sync settings", "  ./listing-sync settings --json"})
final class SettingsCommand implements Runnable {

    private final Shell shell;

    @Option(names = "--json", description = "Print a JSON array.")
    private boolean json;

    SettingsCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        shell.out().print(json ? SettingsPage.json().toPrettyString() + "\n" : SettingsPage.markdown());
        shell.out().flush();
    }
}
