package com.listingsync.console.audit;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.wire.Json;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the audit trail. Times are milliseconds since 1970.
 *
 * @param id of the action; its beginning and its end have the same. Ids sort by time
 * @param at when it was written
 * @param who {@code user@host}, or the name of an API key
 * @param action what was done, such as {@code dlq replay}
 * @param selection what it was done to, in the words of the command line; empty for everything there is
 * @param why what the person gave as the reason; null when they gave none
 * @param phase whether it is about to begin or has ended
 * @param counts how many of what, by name; empty at the beginning
 * @param problem why it did not come to its end, in words; null when it did
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record AuditEntry(
        String id,
        long at,
        String who,
        String action,
        String selection,
        @Nullable String why,
        Phase phase,
        Map<String, Long> counts,
        @Nullable String problem) {

    /** Where an action stands. */
    public enum Phase {
        /** It is about to begin. */
        @JsonProperty("begun")
        BEGUN,
        /** It is over, well or not. */
        @JsonProperty("ended")
        ENDED
    }

    public AuditEntry {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(phase, "phase");
        selection = selection == null ? "" : selection;
        counts = Collections.unmodifiableMap(counts == null ? Map.of() : new TreeMap<>(counts));
        if (who.isBlank() || action.isBlank()) {
            throw new IllegalArgumentException("an audit entry says who did what");
        }
    }

    /** The entry that says how this action ended. */
    public AuditEntry ended(Map<String, Long> countsNow, @Nullable String problemNow, long now) {
        return new AuditEntry(id, now, who, action, selection, why, Phase.ENDED, countsNow, problemNow);
    }

    /** UTF-8 JSON object with the components as fields. */
    public byte[] bytes() {
        try {
            return Json.MAPPER.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an audit entry of plain values can't be written as JSON", e);
        }
    }

    /**
     * The entry in these bytes.
     *
     * @throws IllegalArgumentException when they are not one
     */
    public static AuditEntry of(byte[] bytes) {
        try {
            return Json.MAPPER.readValue(bytes, AuditEntry.class);
        } catch (IOException e) {
            throw new IllegalArgumentException("not an audit entry: expected an object with id, who and action", e);
        }
    }

    /** The entry as {@code audit --json} and the API show it. */
    public ObjectNode json() {
        return Json.MAPPER.valueToTree(this);
    }
}
