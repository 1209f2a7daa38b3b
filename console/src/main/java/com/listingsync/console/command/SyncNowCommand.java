package com.listingsync.console.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.command.ConnectionCard;
import com.listingsync.common.command.SyncCommand;
import com.listingsync.common.event.Entity;
import com.listingsync.common.event.View;
import com.listingsync.common.run.RunId;
import com.listingsync.common.wire.Json;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.run.Catalogue;
import com.listingsync.console.run.ProducerGroup;
import com.listingsync.console.run.RunRequest;
import com.listingsync.console.run.RunsTail;
import com.listingsync.console.run.SyncSelection;
import com.listingsync.console.run.WantedKeys;
import com.listingsync.console.shell.Amount;
import com.listingsync.console.shell.CommandFailure;
import com.listingsync.console.shell.Shell;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sync}. Confined to the main thread. */
@Command(
        name = "sync",
        description = "Asks the producers for a sync run now; without a selection over everything.",
        sortOptions = false,
        footer = {
            "  ./listing-sync sync",
            "  ./listing-sync sync --idx --media --wait",
            "  ./listing-sync sync --connection mls/media",
            "  ./listing-sync sync --keys AA13226,AA4885 --wait --json",
            "",
            "What is selected:",
            "  (nothing)               every feed of every connection",
            "  --idx                   every feed of MLS connections that read under IDX",
            "  --media                 photos of every MLS connection, whatever its view",
            "  --idx --media --rooms   photos and rooms of the IDX connections",
            "  --sheets                every tab of every spreadsheet",
            "  --idx --sheets          every feed of the IDX connections, and every sheet",
            "  --owner A --media       photos of the connections of A",
            "  --connection mls/media  that one feed",
            "  --keys AA13226,AA4885   of all feeds selected, what belongs to these",
            "",
            "Ctrl-C ends the waiting and leaves the run going."
        },
        exitCodeList = {
            "0:asked for; with --wait, completed and every key found",
            "1:failed, partly refused, a key found nowhere, or no producer answers",
            "2:an unknown name, or a selection of nothing"
        })
final class SyncNowCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private final Target target = new Target();

    @ArgGroup(validate = false, heading = "%nSelection:%n")
    private final Selection selection = new Selection();

    @Option(
            names = "--force",
            description = "Read everything again, whatever was read before: for records that an upstream has corrected"
                    + " without moving their timestamps. What did not change is known as a duplicate and not written;"
                    + " the schedule goes on where it was.")
    private boolean force;

    @Option(
            names = "--sweep",
            description =
                    "Compare the keys that an MLS has with what is known of it, now: what is gone is deleted after its"
                            + " grace period, and what was missed is fetched.")
    private boolean sweep;

    @Option(
            names = "--confirm-deletes",
            description = "With --sweep: what is missing is meant to go, however much it is.")
    private boolean confirmDeletes;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            description =
                    "Ask an MLS for N records at a time in this run; a feed that is set to fewer (page_size) stays at those."
                            + " The run's status says what was used. Spreadsheets are read whole.")
    private @Nullable Integer batchSize;

    @Option(
            names = "--wait",
            description =
                    "Show progress until the run has ended; exit 0 only when it completed and every key was found.")
    private boolean wait;

    @Option(names = "--json", description = "Print the result as a JSON object, and nothing else, on stdout.")
    private boolean json;

    /** What a run is to read. */
    static final class Selection {

        @Option(names = "--idx", description = "MLS connections that read under IDX.")
        private boolean idx;

        @Option(names = "--vow", description = "MLS connections that read under VOW.")
        private boolean vow;

        @Option(names = "--property", description = "Listings.")
        private boolean property;

        @Option(names = "--media", description = "Photos and documents.")
        private boolean media;

        @Option(names = "--rooms", description = "Rooms.")
        private boolean rooms;

        @Option(names = "--openhouse", description = "Open houses.")
        private boolean openhouse;

        @Option(names = "--sheets", description = "Spreadsheets.")
        private boolean sheets;

        @Option(
                names = "--connection",
                paramLabel = "NAME[/FEED]",
                description = "Only this connection, or this feed of it; may be repeated.")
        private List<String> names = List.of();

        @Option(
                names = "--owner",
                paramLabel = "NAME",
                description = "Only connections of this owner; may be repeated.")
        private List<String> owners = List.of();

        @Option(
                names = "--keys",
                split = ",",
                paramLabel = "KEY",
                description = "Only what belongs to these listings: listing keys, property numbers or linked keys,"
                        + " comma-separated. What is found nowhere is named and left as it is.")
        private List<String> keys = List.of();

        SyncSelection feeds() {
            Set<View> views = EnumSet.noneOf(View.class);
            add(idx, View.IDX, views);
            add(vow, View.VOW, views);
            Set<Entity> entities = EnumSet.noneOf(Entity.class);
            add(property, Entity.PROPERTY, entities);
            add(media, Entity.MEDIA, entities);
            add(rooms, Entity.ROOMS, entities);
            add(openhouse, Entity.OPENHOUSE, entities);
            return new SyncSelection(views, entities, sheets, names, owners);
        }

        private static <E> void add(boolean wanted, E what, Set<E> to) {
            if (wanted) {
                to.add(what);
            }
        }
    }

    SyncNowCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws InterruptedException {
        List<String> keys = WantedKeys.of(selection.keys);
        if (confirmDeletes && !sweep) {
            throw new WrongUsage("--confirm-deletes needs --sweep: it confirms what a sweep does not find");
        }
        if (batchSize != null && batchSize < 1) {
            throw new WrongUsage("--batch-size: expected at least 1, found " + batchSize);
        }
        KafkaAccess access = target.kafka(shell);
        List<ConnectionCard> wanted =
                selection.feeds().of(Catalogue.read(access, shell.stop()).connections());
        requireProducers(access, wanted);
        String run = RunId.next(shell.clock().instant(), new SecureRandom());
        RunRequest request = RunRequest.over(run, "cli", wanted, keys, force, sweepWanted(), batchSize);
        if (!wait) {
            request.send(access, shell.clock().millis());
            tell(request);
            return 0;
        }
        try (RunsTail tail = RunsTail.open(access)) {
            request.send(access, shell.clock().millis());
            return new RunEnding(shell, target).await(access, tail, run, json);
        }
    }

    private SyncCommand.Sweep sweepWanted() {
        if (!sweep) {
            return SyncCommand.Sweep.NONE;
        }
        return confirmDeletes ? SyncCommand.Sweep.CONFIRMED : SyncCommand.Sweep.SWEEP;
    }

    private void requireProducers(KafkaAccess access, List<ConnectionCard> wanted) throws InterruptedException {
        try (ProducerGroup producers = new ProducerGroup(access)) {
            List<String> unowned =
                    producers.unowned(wanted.stream().map(ConnectionCard::name).toList(), shell.stop());
            if (!unowned.isEmpty()) {
                throw new CommandFailure("no producer answers for " + String.join(", ", unowned)
                        + "; nothing was asked for; './listing-sync producer' starts one");
            }
        }
    }

    private void tell(RunRequest request) {
        if (json) {
            ObjectNode object = Json.MAPPER.createObjectNode().put("run", request.run());
            ArrayNode feeds = object.putArray("feeds");
            request.feeds().forEach(feed -> feeds.add(feed.toString()));
            shell.out().println(object);
            return;
        }
        shell.out()
                .println("asked for run " + request.run() + " over "
                        + Amount.of(request.feeds().size(), "feed") + " of "
                        + Amount.of(request.commands().size(), "connection"));
        shell.out().println("follow it: ./listing-sync status " + request.run() + " --wait" + target.options());
    }
}
