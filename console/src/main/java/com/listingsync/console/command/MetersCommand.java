package com.listingsync.console.command;

import com.listingsync.console.reference.MetersPage;
import com.listingsync.console.shell.Shell;
import picocli.CommandLine.Command;

/** {@code meters}. Confined to the main thread. */
@Command(name = "meters", description = "Prints every meter, as Markdown.")
final class MetersCommand implements Runnable {

    private final Shell shell;

    MetersCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        shell.out().print(MetersPage.markdown());
    }
}
