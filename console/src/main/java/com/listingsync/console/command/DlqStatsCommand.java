package com.listingsync.console.command;

import com.listingsync.console.deadletter.LetterState;
import com.listingsync.console.deadletter.LetterStats;
import com.listingsync.console.deadletter.LetterText;
import com.listingsync.console.shell.Shell;
import java.util.EnumSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dlq stats}. Confined to the main thread. */
@Command(
        name = "stats",
        description =
                "Counts dead letters by stage and cause, with how they stand and when the first and the last was refused.",
        footer = {"  ./listing-sync dlq stats", "  ./listing-sync dlq stats --from 24h --json"})
final class DlqStatsCommand implements Runnable {

    private final Shell shell;

    @Mixin
    private final Target target = new Target();

    @Mixin
    private final LetterOptions options = new LetterOptions();

    @Option(names = "--json", description = "Print a JSON object.")
    private boolean json;

    DlqStatsCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        LetterStats stats;
        try (LettersCall call = new LettersCall(shell, target, options, "counting dead letters")) {
            stats = call.letters().stats(call.selected(EnumSet.allOf(LetterState.class)), call.progress());
        }
        if (json) {
            shell.print(stats.json().toPrettyString());
        } else {
            shell.print(LetterText.stats(stats));
        }
    }
}
