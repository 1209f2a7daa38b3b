package com.listingsync.producer.upstream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.listingsync.common.wire.Json;
import com.listingsync.producer.upstream.RequestWindow.Slot;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What is remembered of a connection's requests, so that neither a restart nor another producer spends a quota again.
 *
 * @param windows what was spent, by window
 * @param pausedUntil before this moment nothing is asked, in milliseconds since 1970
 */
record Spending(Map<String, List<Slot>> windows, long pausedUntil) {

    Spending {
        windows = Map.copyOf(windows);
    }

    byte[] bytes() {
        try {
            return Json.MAPPER.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("plain values can't be written as JSON", e);
        }
    }

    /**
     * The spending in these bytes.
     *
     * @throws IllegalStateException when they are none: going on as if nothing were spent could cost the account
     */
    static Spending of(byte[] bytes) {
        try {
            return Json.MAPPER.readValue(bytes, Spending.class);
        } catch (IOException e) {
            throw new IllegalStateException("what is remembered of the connection's requests can't be read", e);
        }
    }
}
