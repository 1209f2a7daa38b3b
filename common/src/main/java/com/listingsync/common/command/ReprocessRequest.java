package com.listingsync.common.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.listingsync.common.event.Entity;
import com.listingsync.common.run.FeedName;
import com.listingsync.common.wire.Json;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request to send the log through the mapping again. Every partition of {@code sync.reprocess} gets one, since each partition's
 * owner does its part; its record key is the run.
 *
 * @param run id of the run that counts what becomes of it
 * @param entities wire names of the kinds of records wanted; empty means all
 * @param keys listing keys, child keys or property numbers wanted; empty means all
 * @param requestedBy who asked, for the audit trail
 * @param terms which part of the log, how fast, and whether what is mapped so already is mapped once more
 */
public record ReprocessRequest(String run, List<String> entities, List<String> keys, String requestedBy, Terms terms) {

    /**
     * The terms of a request.
     *
     * @param from records of this time and later, in milliseconds since 1970; null from the beginning
     * @param to records before this time; null to the end
     * @param fetchedBy only records that this run fetched; null for all
     * @param rate most records a second over all partitions; 0 sets no limit
     * @param again whether a record that was mapped by the present mapping makes a new row all the same
     */
    public record Terms(
            @Nullable Long from,
            @Nullable Long to,
            @Nullable String fetchedBy,
            int rate,
            boolean again) {

        /** All of the log, as fast as it goes, only what was mapped otherwise. */
        public static final Terms USUAL = new Terms(null, null, null, 0, false);

        public Terms {
            if (rate < 0) {
                throw new IllegalArgumentException("a rate is 0 or more records a second; found " + rate);
            }
        }

        /** Whether a record of this time and run is meant. */
        public boolean mean(long timestamp, Optional<String> run) {
            return (from == null || timestamp >= from)
                    && (to == null || timestamp < to)
                    && (fetchedBy == null || run.filter(fetchedBy::equals).isPresent());
        }
    }

    public ReprocessRequest {
        terms = terms == null ? Terms.USUAL : terms;
        Objects.requireNonNull(requestedBy, "requestedBy");
        if (run.isBlank()) {
            throw new IllegalArgumentException("a reprocess request needs a run");
        }
        entities = entities == null ? List.of() : List.copyOf(entities);
        keys = keys == null ? List.of() : List.copyOf(keys);
        for (String name : entities) {
            if (Entity.of(name).isEmpty()) {
                throw new IllegalArgumentException("a reprocess request names an entity that is none");
            }
        }
    }

    /** A request on the usual terms. */
    public ReprocessRequest(String run, List<String> entities, List<String> keys, String requestedBy) {
        this(run, entities, keys, requestedBy, Terms.USUAL);
    }

    /** Stands where other feeds name their connection: no producer reads these. */
    public static final String CONNECTION = "reprocess";

    /** The feed under which a run counts what became of one partition's records. */
    public static FeedName feed(int partition) {
        return new FeedName(CONNECTION, Integer.toString(partition));
    }

    public boolean wants(Entity entity) {
        return entities.isEmpty() || entities.contains(entity.wireName());
    }

    /** UTF-8 JSON object with the components as fields. */
    public byte[] bytes() {
        try {
            return Json.MAPPER.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a reprocess request of plain strings can't be written as JSON", e);
        }
    }

    /**
     * The command in these bytes.
     *
     * @throws IllegalArgumentException when they are not one
     */
    public static ReprocessRequest of(byte[] bytes) {
        try {
            return Json.MAPPER.readValue(bytes, ReprocessRequest.class);
        } catch (IOException e) {
            throw new IllegalArgumentException("not a reprocess request: expected an object with a run", e);
        }
    }
}
