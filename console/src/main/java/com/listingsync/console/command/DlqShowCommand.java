package com.listingsync.console.command;

import com.listingsync.common.deadletter.LetterId;
import com.listingsync.console.deadletter.LetterText;
import com.listingsync.console.deadletter.LetterView;
import com.listingsync.console.shell.CommandFailure;
import com.listingsync.console.shell.Shell;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dlq show}. Confined to the main thread. */
@Command(
        name = "show",
        description =
                "Shows one dead letter whole: the record decoded, why it was refused, where it came from, what became of it.",
        footer = {
            "  ./listing-sync dlq show sink/3/41",
            "  ./listing-sync dlq show listings.dead-letters.sink/3/41 --json"
        })
final class DlqShowCommand implements Runnable {

    private final Shell shell;

    @Mixin
    private final Target target = new Target();

    @Parameters(
            paramLabel = "ID",
            description = "topic/partition/offset, or producer, processor or sink for the topic.")
    private String id = "";

    @Option(names = "--json", description = "Print a JSON object.")
    private boolean json;

    DlqShowCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        try (LettersCall call = new LettersCall(shell, target, new LetterOptions(), "reading")) {
            LetterId letter = LetterOptions.id(id, call.topics());
            LetterView view = call.letters()
                    .show(letter)
                    .orElseThrow(() -> new CommandFailure("there is no letter " + letter
                            + "; it never was, or its time is over ('./listing-sync dlq list --state all')"));
            if (json) {
                shell.print(view.json().toPrettyString());
            } else {
                shell.print(LetterText.show(view));
            }
        }
    }
}
