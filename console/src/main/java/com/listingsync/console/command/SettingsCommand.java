package com.listingsync.console.command;

import com.listingsync.console.reference.SettingsPage;
import com.listingsync.console.shell.Shell;
import picocli.CommandLine.Command;

/** {@code settings}. Confined to the main thread. */
@Command(name = "settings", description = "Prints every setting of every service, with its default, as Markdown.")
final class SettingsCommand implements Runnable {

    private final Shell shell;

    SettingsCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        shell.out().print(SettingsPage.markdown());
    }
}
