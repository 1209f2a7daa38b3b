package com.listingsync.producer.sheet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.listingsync.common.wire.Json;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How far a spreadsheet has been read, as kept on {@code sync.checkpoints}.
 *
 * @param versions by tab, the Drive version of the file when the tab was last read in full
 * @param run the run that wrote this
 */
record SheetCheckpoint(Map<String, Long> versions, String run) {

    static final SheetCheckpoint NONE = new SheetCheckpoint(Map.of(), "");

    SheetCheckpoint {
        versions = Map.copyOf(versions);
        Objects.requireNonNull(run, "run");
    }

    SheetCheckpoint with(Map<String, Long> read, String by) {
        Map<String, Long> all = new TreeMap<>(versions);
        all.putAll(read);
        return new SheetCheckpoint(all, by);
    }

    byte[] bytes() {
        try {
            return Json.MAPPER.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a checkpoint of plain values can't be written as JSON", e);
        }
    }

    /**
     * The checkpoint in these bytes.
     *
     * @throws IllegalStateException when they are not one
     */
    static SheetCheckpoint of(byte[] bytes) {
        try {
            return Json.MAPPER.readValue(bytes, SheetCheckpoint.class);
        } catch (IOException e) {
            throw new IllegalStateException("the spreadsheet's checkpoint is not one: expected versions", e);
        }
    }
}
