package com.listingsync.common.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.listingsync.common.wire.Json;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request to make a pass over feeds of one connection; its record key on {@code sync.commands} is the connection, so
 * that it reaches the producer that owns it. A run over several connections is one command each with the same run.
 *
 * @param run id of the run this pass belongs to
 * @param connection name of the connection
 * @param feeds names of the feeds wanted; empty means all of the connection
 * @param keys listing keys wanted; empty means everything that changed
 * @param force whether to ignore cursors and read everything
 * @param sweep whether to find out what is gone
 * @param pageSize records to ask an MLS for at a time, at least 1, where its feed is not set to fewer; null for what the feed is set to.
 *     A producer that does not know of it reads as it is set to
 * @param requestedBy who asked, for the audit trail
 */
public record SyncCommand(
        String run,
        String connection,
        List<String> feeds,
        List<String> keys,
        boolean force,
        Sweep sweep,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer pageSize,
        String requestedBy) {

    /** Whether the keys that the server has are compared with those that are known, to find what is gone. */
    public enum Sweep {
        /** Only when it is time for it. */
        @JsonProperty("none")
        NONE,
        /** Now, before anything else is read. */
        @JsonProperty("sweep")
        SWEEP,
        /** Now; and what is missing is meant to go, however much it is. */
        @JsonProperty("confirmed")
        CONFIRMED
    }

    public SyncCommand {
        Objects.requireNonNull(requestedBy, "requestedBy");
        sweep = sweep == null ? Sweep.NONE : sweep;
        if (run.isBlank() || connection.isBlank()) {
            throw new IllegalArgumentException("a sync command needs a run and a connection");
        }
        if (pageSize != null && pageSize < 1) {
            throw new IllegalArgumentException("a page has 1 record or more; found " + pageSize);
        }
        feeds = feeds == null ? List.of() : List.copyOf(feeds);
        keys = keys == null ? List.of() : List.copyOf(keys);
    }

    /** A command without a sweep. */
    public SyncCommand(
            String run, String connection, List<String> feeds, List<String> keys, boolean force, String requestedBy) {
        this(run, connection, feeds, keys, force, Sweep.NONE, null, requestedBy);
    }

    /** A command that leaves the size of pages to the feeds. */
    public SyncCommand(
            String run,
            String connection,
            List<String> feeds,
            List<String> keys,
            boolean force,
            Sweep sweep,
            String requestedBy) {
        this(run, connection, feeds, keys, force, sweep, null, requestedBy);
    }

    /** UTF-8 JSON object with the components as fields. */
    public byte[] bytes() {
        try {
            return Json.MAPPER.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a sync command of plain strings can't be written as JSON", e);
        }
    }

    /**
     * The command in these bytes.
     *
     * @throws IllegalArgumentException when they are not one
     */
    public static SyncCommand of(byte[] bytes) {
        try {
            return Json.MAPPER.readValue(bytes, SyncCommand.class);
        } catch (IOException e) {
            throw new IllegalArgumentException("not a sync command: expected an object with run and connection", e);
        }
    }
}
