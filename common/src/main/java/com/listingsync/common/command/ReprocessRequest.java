package com.listingsync.common.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.listingsync.common.event.Entity;
import com.listingsync.common.run.FeedName;
import com.listingsync.common.wire.Json;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/**
 * A request to send the log through the mapping again. Every partition of {@code sync.reprocess} gets one, since each partition's
 * owner does its part; its record key is the run.
 *
 * @param run id of the run that counts what becomes of it
 * @param entities wire names of the kinds of records wanted; empty means all
 * @param keys listing keys, child keys or property numbers wanted; empty means all
 * @param requestedBy who asked, for the audit trail
 */
public record ReprocessRequest(String run, List<String> entities, List<String> keys, String requestedBy) {

    public ReprocessRequest {
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
