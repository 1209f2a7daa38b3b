package com.listingsync.console.command;

import com.listingsync.common.deadletter.LetterId;
import com.listingsync.console.deadletter.LetterState;
import com.listingsync.console.deadletter.Redrive;
import com.listingsync.console.deadletter.RedriveRequest;
import com.listingsync.console.shell.Shell;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dlq replay}. Confined to the main thread. */
@Command(
        name = "replay",
        description =
                "Sends records of dead letters again, to where they failed: a row to the sink, a source record to the processor."
                        + " Open letters, unless --state or IDs say otherwise. What is delivered leaves the list by itself; what is refused"
                        + " again is counted up, and parked after SYNC_REPLAY_LIMIT replays.",
        footer = {
            "  ./listing-sync dlq replay --code 22003 --dry-run",
            "  ./listing-sync dlq replay --stage sink --rate 200 --yes --why 'column widened'",
            "  ./listing-sync dlq replay processor/3/41 --patch '{\"ListPrice\": 1250000}'"
        })
final class DlqReplayCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private final Target target = new Target();

    @Mixin
    private final LetterOptions options = new LetterOptions();

    @Mixin
    private final EditOptions edit = new EditOptions();

    @Mixin
    private final RedriveOptions redrive = new RedriveOptions();

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "0",
            description = "At most this many a second; 0 for as fast as it goes.")
    private int perSecond;

    @Option(names = "--why", paramLabel = "TEXT", description = "The reason, for the audit trail.")
    private @Nullable String why;

    DlqReplayCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (LettersCall call = new LettersCall(shell, target, options, "replaying")) {
            RedriveRequest request = redrive.request(
                    shell,
                    call.selected(EnumSet.of(LetterState.OPEN)),
                    edit.edit(),
                    edit.placement(),
                    perSecond,
                    Optional.ofNullable(why));
            if (request.placement().recordKey().isPresent()) {
                LetterId unused = options.one(call.topics());
            }
            Redrive work = call.redrive();
            return redrive.run(shell, request, "replayed", "replays", asked -> work.replay(asked, call.progress()));
        }
    }
}
