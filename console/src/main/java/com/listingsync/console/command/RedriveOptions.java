package com.listingsync.console.command;

import com.listingsync.console.audit.Actor;
import com.listingsync.console.deadletter.Edit;
import com.listingsync.console.deadletter.LetterFilter;
import com.listingsync.console.deadletter.LetterText;
import com.listingsync.console.deadletter.Placement;
import com.listingsync.console.deadletter.RedriveReport;
import com.listingsync.console.deadletter.RedriveRequest;
import com.listingsync.console.shell.Amount;
import com.listingsync.console.shell.Shell;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What replay and discard have in common: how many, how it is told, and the question before. Confined to the main thread. */
final class RedriveOptions {

    @Option(names = "--max", paramLabel = "N", description = "At most this many.")
    private @Nullable Integer most;

    @Option(names = "--dry-run", description = "Say what would be done, and do nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print the result as a JSON object.")
    private boolean json;

    @Mixin
    private final Confirmation confirmation = new Confirmation();

    /** What does it. */
    interface Deed {
        RedriveReport of(RedriveRequest request) throws InterruptedException;
    }

    RedriveRequest request(
            Shell shell,
            LetterFilter selection,
            Optional<Edit> edit,
            Placement placement,
            int perSecond,
            Optional<String> why) {
        if (most != null && most < 1) {
            throw new WrongUsage("--max: expected at least 1, found " + most);
        }
        if (perSecond < 0) {
            throw new WrongUsage("--rate: expected 0 or more, found " + perSecond);
        }
        return new RedriveRequest(
                selection,
                edit,
                placement,
                most == null ? OptionalInt.empty() : OptionalInt.of(most),
                perSecond,
                dryRun,
                Actor.ofShell(shell.environment()),
                why);
    }

    /**
     * Counts what it would be, asks, does it, and tells.
     *
     * @param verb in the past: {@code replayed}
     * @param verbNow in the present: {@code replays}
     */
    int run(Shell shell, RedriveRequest request, String verb, String verbNow, Deed deed) throws InterruptedException {
        if (dryRun || !confirmation.isGiven()) {
            RedriveReport plan = deed.of(dry(request));
            if (dryRun || plan.done() == 0) {
                return told(shell, plan, verb, true, plan.impossible() > 0);
            }
            confirmation.require(shell, verbNow + " " + Amount.of(plan.done(), "dead letter"));
        }
        RedriveReport report = deed.of(request);
        return told(shell, report, verb, false, report.impossible() > 0 || report.wasStopped());
    }

    private int told(Shell shell, RedriveReport report, String verb, boolean dry, boolean failed) {
        if (json) {
            shell.print(report.json().toPrettyString());
        } else {
            shell.print(LetterText.redriven(report, verb, dry));
        }
        return failed ? Failures.FAILED : 0;
    }

    private static RedriveRequest dry(RedriveRequest request) {
        return new RedriveRequest(
                request.selection(),
                request.edit(),
                request.placement(),
                request.most(),
                request.perSecond(),
                true,
                request.who(),
                request.why());
    }
}
