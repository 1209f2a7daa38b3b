package com.listingsync.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.command.ConnectionCard;
import com.listingsync.common.command.SyncCommand.Sweep;
import com.listingsync.common.event.Entity;
import com.listingsync.common.run.RunId;
import com.listingsync.common.wire.Json;
import com.listingsync.console.http.Reply;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.run.Catalogue;
import com.listingsync.console.run.ProducerGroup;
import com.listingsync.console.run.RunRequest;
import com.listingsync.console.run.SyncSelection;
import com.listingsync.console.run.WantedKeys;
import com.listingsync.console.shell.CommandFailure;
import com.listingsync.console.shell.StopSignal;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Asks the producers for runs, as {@code ./listing-sync sync} does. Thread-safe. */
final class SyncRequests {

    private final KafkaAccess kafka;
    private final Clock clock;
    private final RandomGenerator random;
    private final StopSignal stop;

    /** @param stop ends every wait for producers */
    SyncRequests(KafkaAccess kafka, Clock clock, RandomGenerator random, StopSignal stop) {
        this.kafka = kafka;
        this.clock = clock;
        this.random = random;
        this.stop = stop;
    }

    /**
     * What is wanted of a run.
     *
     * @param trigger who or what asks: {@code api}, {@code cron}, {@code webhook}
     * @param selection which feeds
     * @param keys which listings; empty for all
     * @param force whether to read everything again
     * @param sweep whether to find out what is gone
     * @param pageSize records to ask an MLS for at a time; null for what its feeds are set to
     */
    record Wish(
            String trigger,
            SyncSelection selection,
            List<String> keys,
            boolean force,
            Sweep sweep,
            @Nullable Integer pageSize) {
        Wish {
            keys = List.copyOf(keys);
        }

        /** A run in pages of the usual size. */
        Wish(String trigger, SyncSelection selection, List<String> keys, boolean force, Sweep sweep) {
            this(trigger, selection, keys, force, sweep, null);
        }
    }

    /** All feeds of these kinds. */
    static SyncSelection ofKinds(Set<Entity> kinds) {
        return new SyncSelection(Set.of(), kinds, false, List.of(), List.of());
    }

    /**
     * The spreadsheets when there are any, or everything.
     *
     * @throws CommandFailure when no producer has announced a connection
     */
    SyncSelection propertyListings() throws InterruptedException {
        boolean sheets = catalogue().stream()
                .flatMap(card -> card.feeds().stream())
                .anyMatch(feed -> feed.entity().equals(Entity.SHEET.wireName()));
        return new SyncSelection(Set.of(), Set.of(), sheets, List.of(), List.of());
    }

    /**
     * Every connection that can be asked for.
     *
     * @throws CommandFailure when no producer has announced one
     */
    List<ConnectionCard> catalogue() throws InterruptedException {
        return Catalogue.read(kafka, stop).connections();
    }

    /**
     * Asks for a run.
     *
     * @throws com.listingsync.common.setting.SettingsException when a name is not known or a key is none
     * @throws CommandFailure when no producer answers
     */
    RunRequest ask(Wish wish) throws InterruptedException {
        List<String> keys = WantedKeys.of(wish.keys());
        List<ConnectionCard> wanted = wish.selection().of(catalogue());
        try (ProducerGroup producers = new ProducerGroup(kafka)) {
            List<String> unowned =
                    producers.unowned(wanted.stream().map(ConnectionCard::name).toList(), stop);
            if (!unowned.isEmpty()) {
                throw new CommandFailure("no producer answers for " + String.join(", ", unowned)
                        + "; nothing was asked for; './listing-sync producer' starts one");
            }
        }
        String run = RunId.next(clock.instant(), random);
        RunRequest request =
                RunRequest.over(run, wish.trigger(), wanted, keys, wish.force(), wish.sweep(), wish.pageSize());
        request.send(kafka, clock.millis());
        return request;
    }

    /** What whoever asked is told: where to look what becomes of it. */
    static Reply.Whole accepted(RunRequest request, ObjectNode more) {
        String status = "/api/sync/property-listings/status/" + request.run();
        ObjectNode json = Json.MAPPER
                .createObjectNode()
                .put("syncId", request.run())
                .put("run", request.run())
                .put("status", "accepted");
        var feeds = json.putArray("feeds");
        request.feeds().forEach(feed -> feeds.add(feed.toString()));
        json.putObject("links").put("status", status).put("run", "/api/runs/" + request.run());
        json.setAll(more);
        return Reply.json(202, json).with("location", status);
    }
}
