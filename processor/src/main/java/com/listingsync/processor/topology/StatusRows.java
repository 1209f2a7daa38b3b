package com.listingsync.processor.topology;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.mapping.SystemTables;
import com.listingsync.common.wire.Json;
import com.listingsync.processor.map.MappedRow;
import com.listingsync.processor.rule.StatusChange;

/** A status change as JSON: the event for whoever acts on it, and the history row for the audit. */
final class StatusRows {

    private StatusRows() {}

    /** The value of a record on {@code status-changes}. */
    static byte[] event(StatusChange change) {
        ObjectNode event = Json.MAPPER
                .createObjectNode()
                .put("listing", change.listing())
                .put("from", change.from())
                .put("to", change.to())
                .put("changedAt", change.changedAt().orElse(null))
                .put("seenAt", change.seenAt().toString())
                .put("source", change.source().wireName())
                .put("connection", change.connection())
                .put("action", change.action().wireName());
        ArrayNode sheetRows = event.putArray("sheetRows");
        change.sheetRows().forEach(sheetRows::add);
        return bytes(event);
    }

    /** The row of {@link SystemTables#LISTING_STATUS_HISTORY}; its id names the same change for ever. */
    static MappedRow history(StatusChange change, long version) {
        String id = change.listing() + "-" + version;
        ObjectNode row = Json.MAPPER
                .createObjectNode()
                .put("id", id)
                .put("listing_key", change.listing())
                .put("from_status", change.from())
                .put("to_status", change.to())
                .put("changed_at", change.changedAt().orElse(null))
                .put("seen_at", change.seenAt().toString())
                .put("source", change.source().wireName())
                .put("connection", change.connection())
                .put("action", change.action().wireName())
                .put("row_version", version);
        return new MappedRow(SystemTables.LISTING_STATUS_HISTORY, id, bytes(row));
    }

    static byte[] bytes(ObjectNode node) {
        try {
            return Json.MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an object of plain values can't be written as JSON", e);
        }
    }
}
