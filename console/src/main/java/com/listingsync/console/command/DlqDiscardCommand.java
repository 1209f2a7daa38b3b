package com.listingsync.console.command;

import com.listingsync.console.deadletter.Placement;
import com.listingsync.console.deadletter.Redrive;
import com.listingsync.console.deadletter.RedriveRequest;
import com.listingsync.console.shell.Shell;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dlq discard}. Confined to the main thread. */
@Command(
        name = "discard",
        description =
                "Takes dead letters off the list for good. The letters stay on their topic until their time is over; who did it"
                        + " and why stays on the audit trail.",
        footer = {
            "  ./listing-sync dlq discard sink/3/41 --why 'test data'",
            "  ./listing-sync dlq discard --code not-an-object --why 'MLS mended it'"
        })
final class DlqDiscardCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private final Target target = new Target();

    @Mixin
    private final LetterOptions options = new LetterOptions();

    @Mixin
    private final RedriveOptions redrive = new RedriveOptions();

    @Option(names = "--why", paramLabel = "TEXT", required = true, description = "The reason, for the audit trail.")
    private String why = "";

    DlqDiscardCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (why.isBlank()) {
            throw new WrongUsage("--why: expected a reason");
        }
        if (options.isEverything()) {
            throw new WrongUsage(
                    "say which letters to discard: by ID, --code, --stage, --keys …; --from 30d means all of them");
        }
        try (LettersCall call = new LettersCall(shell, target, options, "discarding")) {
            RedriveRequest request =
                    redrive.request(shell, call.waiting(), Optional.empty(), Placement.NONE, 0, Optional.of(why));
            Redrive work = call.redrive();
            return redrive.run(shell, request, "discarded", "discards", asked -> work.discard(asked, call.progress()));
        }
    }
}
