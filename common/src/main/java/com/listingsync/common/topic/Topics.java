package com.listingsync.common.topic;

import com.listingsync.common.event.Entity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The topic catalogue: every topic of the system, in one place.
 *
 * <p>All of them have the same partition count and are partitioned by {@code ListingPartitioner}, so that a listing, its
 * children, its linked sheet row and their rows meet in one partition and stay in order. Changing the count re-deals every
 * key, so it is chosen once, for the largest deployment expected.
 *
 * @param prefix first part of every name, without the dot; letters, digits, {@code _} and {@code -}
 * @param partitions partitions of every topic
 */
public record Topics(String prefix, int partitions) {

    public Topics {
        if (!prefix.matches("[A-Za-z0-9_-]{1,100}")) {
            throw new IllegalArgumentException(
                    "a topic prefix is 1 to 100 letters, digits, '_' or '-'; found '" + prefix + "'");
        }
        if (partitions < 1) {
            throw new IllegalArgumentException("topics need at least one partition; found " + partitions);
        }
    }

    /** Raw records of one kind, as their source gave them. */
    public TopicSpec source(Entity entity) {
        return new TopicSpec(
                name("source." + entity.wireName()),
                entity == Entity.PROPERTY ? "listing/connection" : "listing/child/connection",
                "the source's own record, untouched JSON; null = deleted",
                "full recent history, and the latest state of everything for ever: tables can be rebuilt from it",
                partitions,
                TopicSpec.compactAfterHistory());
    }

    /** Which listings go by which ListingId; the processor tells itself, from the listing's partition to the id's. */
    public TopicSpec listingIds() {
        return new TopicSpec(
                name("listing-ids"),
                "ListingId/ListingKey",
                "the listing's status; null = it has this id no more",
                "a sheet row that names its listing by ListingId finds it here",
                partitions,
                TopicSpec.compact());
    }

    /** Rows ready for Supabase. */
    public TopicSpec rows() {
        return new TopicSpec(
                name("rows"),
                "listing/table/id",
                "the row exactly as Supabase takes it; a delete is a row with deleted_at; null only when purged",
                "full recent history, and the latest row of everything for ever: a project can be rebuilt from it",
                partitions,
                TopicSpec.compactAfterHistory());
    }

    /** Every change of a listing's status. */
    public TopicSpec statusChanges() {
        return new TopicSpec(
                name("status-changes"),
                "listing",
                "from, to, when, why, what follows",
                "what follows a change happens within hours; 90 days are for questions",
                partitions,
                TopicSpec.deleteAfter(Duration.ofDays(90)));
    }

    /** What one stage refused. */
    public TopicSpec deadLetters(Stage stage) {
        return new TopicSpec(
                name("dead-letters." + stage.wireName()),
                "the original key",
                "the original value, byte for byte",
                "a person has 30 days to look",
                partitions,
                TopicSpec.deleteAfter(Duration.ofDays(30)));
    }

    /** Requests to sync. */
    public TopicSpec commands() {
        return new TopicSpec(
                name("sync.commands"),
                "connection",
                "a request to sync",
                "the producers' consumer group on it also decides who runs which connection",
                partitions,
                TopicSpec.deleteAfter(Duration.ofDays(7)));
    }

    /** Requests to send the log through the mapping again. */
    public TopicSpec reprocess() {
        return new TopicSpec(
                name("sync.reprocess"),
                "run",
                "a request to map the log again, one in each partition",
                "each partition's owner does its part, so each gets the request",
                partitions,
                TopicSpec.deleteAfter(Duration.ofDays(7)));
    }

    /** What the stages did, counted. */
    public TopicSpec outcomes() {
        return new TopicSpec(
                name("sync.outcomes"),
                "run",
                "counts per stage, batched, written in the same transaction as the work",
                "input of sync.runs; of no use once added up",
                partitions,
                TopicSpec.deleteAfter(Duration.ofDays(7)));
    }

    /** The state of every run. */
    public TopicSpec runs() {
        return new TopicSpec(
                name("sync.runs"),
                "run",
                "the state of a sync run",
                "only the latest state of a run matters",
                partitions,
                TopicSpec.compact());
    }

    /** Where every feed stands. */
    public TopicSpec checkpoints() {
        return new TopicSpec(
                name("sync.checkpoints"),
                "connection/feed, or connection/feed/part",
                "cursor; beside it how the feed's sweeps and its event log stand",
                "only the latest cursor of a feed matters",
                partitions,
                TopicSpec.compact());
    }

    /** Which connections the running producers have. */
    public TopicSpec connections() {
        return new TopicSpec(
                name("sync.connections"),
                "connection",
                "name, owner, kind, view and feeds of a connection; no address, no secret; null = gone",
                "tools learn from it what can be asked for; only the latest of a connection matters",
                partitions,
                TopicSpec.compact());
    }

    /** What is paused. */
    public TopicSpec signals() {
        return new TopicSpec(
                name("sync.signals"),
                "producer, processor, sink, connection/NAME or feed/CONNECTION/FEED",
                "whether it is to stand still, since when, who said so and why",
                "every service follows it; only the latest word on a target matters",
                partitions,
                TopicSpec.compact());
    }

    /** What sweeps of feeds have missed. */
    public TopicSpec absences() {
        return new TopicSpec(
                name("sync.absences"),
                "connection/feed/source key",
                "since which sweep a known record is missing at its server; null = found again, or deleted",
                "a record is deleted when it has been missing for long enough, whoever runs the feed by then",
                partitions,
                TopicSpec.compact());
    }

    /** Replays of rows: what was asked for, what is wished of them, and how far they have come. */
    public TopicSpec replays() {
        return new TopicSpec(
                name("sync.replays"),
                "replay, or replay/part",
                "what is to be replayed; beside it the last wish (pause, resume, stop), the counts and a sign of life",
                "another process can take a replay up where it stands, and its history stays",
                partitions,
                TopicSpec.compact());
    }

    /** What became of dead letters: replayed, delivered, discarded, overtaken; their state is derived from it. */
    public TopicSpec fates() {
        return new TopicSpec(
                name("dead-letters.fates"),
                "the dead letter's id, or the key of a record that came again",
                "what a person did with a dead letter, or what became of its record",
                "longer than the letters themselves, whose last segment can outlive its 30 days by a week",
                partitions,
                TopicSpec.deleteAfter(Duration.ofDays(60)));
    }

    /** What operators did. */
    public TopicSpec audit() {
        return new TopicSpec(
                name("sync.audit"),
                "id of the action",
                "who did what, when, why, on which selection, and how many it was",
                "never compacted, because no entry may replace another; two years, so that last year can be asked about",
                partitions,
                TopicSpec.deleteAfter(Duration.ofDays(730)));
    }

    /** What was answered to calls of the HTTP API that may be repeated. */
    public TopicSpec answers() {
        return new TopicSpec(
                name("sync.answers"),
                "hash of caller, path and Idempotency-Key",
                "that the call was begun, and what was answered to it",
                "a repetition counts for 24 hours, and the last segment must not go before",
                partitions,
                TopicSpec.deleteAfter(Duration.ofDays(2)));
    }

    /** All topics, in the order of the data's way. */
    public List<TopicSpec> all() {
        List<TopicSpec> all = new ArrayList<>();
        for (Entity entity : Entity.values()) {
            all.add(source(entity));
        }
        all.add(listingIds());
        all.add(rows());
        all.add(statusChanges());
        for (Stage stage : Stage.values()) {
            all.add(deadLetters(stage));
        }
        all.add(fates());
        all.addAll(List.of(
                commands(),
                reprocess(),
                outcomes(),
                runs(),
                checkpoints(),
                absences(),
                connections(),
                signals(),
                replays(),
                audit(),
                answers()));
        return List.copyOf(all);
    }

    /** The topic of this name, which may be said without the prefix; empty when there is none. */
    public Optional<TopicSpec> named(String name) {
        return all().stream()
                .filter(spec -> spec.name().equals(name) || spec.name().equals(prefix + "." + name))
                .findFirst();
    }

    private String name(String rest) {
        return prefix + "." + rest;
    }
}
