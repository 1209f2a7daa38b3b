package com.listingsync.console.command;

import com.listingsync.console.deadletter.DeadLetters;
import com.listingsync.console.deadletter.LetterText;
import com.listingsync.console.shell.Shell;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dlq list}. Confined to the main thread. */
@Command(
        name = "list",
        description =
                "Lists dead letters, the newest first: those that wait for a person, unless --state says otherwise.",
        footer = {
            "  ./listing-sync dlq list",
            "  ./listing-sync dlq list --keys AA13226 --state all",
            "  ./listing-sync dlq list --topic connect-errors --json"
        })
final class DlqListCommand implements Runnable {

    private final Shell shell;

    @Mixin
    private final Target target = new Target();

    @Mixin
    private final LetterOptions options = new LetterOptions();

    @Option(
            names = {"--max", "--last"},
            paramLabel = "N",
            defaultValue = "50",
            description = "How many (default: ${DEFAULT-VALUE}).")
    private int most;

    @Option(names = "--json", description = "Print a JSON object.")
    private boolean json;

    DlqListCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        if (most < 1) {
            throw new WrongUsage("--max: expected at least 1, found " + most);
        }
        DeadLetters.Page page;
        try (LettersCall call = new LettersCall(shell, target, options, "reading dead letters")) {
            page = call.letters().newest(call.waiting(), most, call.progress());
        }
        if (json) {
            shell.print(page.json().toPrettyString());
        } else {
            shell.print(LetterText.list(page));
        }
    }
}
