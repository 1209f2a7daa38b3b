package com.listingsync.console.command;

import com.listingsync.console.audit.AuditEntry;
import com.listingsync.console.audit.AuditText;
import com.listingsync.console.audit.AuditTrail;
import com.listingsync.console.shell.Shell;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code audit}. Confined to the main thread. */
@Command(
        name = "audit",
        description = "Shows what operators did, the newest first: who, when, what, on what, how many and why.",
        footer = {"  ./listing-sync audit", "  ./listing-sync audit --last 5 --json"})
final class AuditCommand implements Runnable {

    private final Shell shell;

    @Mixin
    private final Target target = new Target();

    @Option(
            names = "--last",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many actions (default: ${DEFAULT-VALUE}).")
    private int last;

    @Option(names = "--json", description = "Print a JSON array.")
    private boolean json;

    AuditCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        if (last < 1) {
            throw new WrongUsage("--last: expected at least 1, found " + last);
        }
        List<AuditEntry> entries = new AuditTrail(target.kafka(shell), shell.clock()).last(last);
        if (json) {
            shell.print(AuditText.json(entries).toPrettyString());
        } else {
            shell.print(AuditText.lines(entries));
        }
    }
}
