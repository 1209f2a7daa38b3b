package com.listingsync.producer.mls;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.listingsync.common.wire.Json;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far a feed has been read, as kept on {@code sync.checkpoints}.
 *
 * @param timestamp clock of the last record read
 * @param key key of the last record read
 * @param link the nextLink to go on with, for feeds that are paged by link alone; null at the end of a reading
 * @param high the highest clock seen in a reading by link that is not at its end; null otherwise
 * @param run the run that wrote this
 * @param open whether that run has not been told of the feed's end
 * @param complete whether the feed has ever been read to its end
 * @param moment what is known of the moment of the last record; null for a feed that was never read
 */
record MlsCheckpoint(
        String timestamp,
        String key,
        @Nullable String link,
        @Nullable String high,
        String run,
        boolean open,
        boolean complete,
        @Nullable LastMoment moment) {

    /** Of a feed that was never read. */
    static final MlsCheckpoint NONE =
            new MlsCheckpoint(Cursor.FIRST.timestamp(), Cursor.FIRST.key(), null, null, "", false, false, null);

    MlsCheckpoint {
        Objects.requireNonNull(run, "run");
        new Cursor(timestamp, key);
    }

    /** A checkpoint of which no more is known than the cursor. */
    MlsCheckpoint(
            String timestamp,
            String key,
            @Nullable String link,
            @Nullable String high,
            String run,
            boolean open,
            boolean complete) {
        this(timestamp, key, link, high, run, open, complete, null);
    }

    LastMoment lastMoment() {
        return moment == null ? LastMoment.NONE : moment;
    }

    Cursor cursor() {
        return new Cursor(timestamp, key);
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
     * @throws IllegalStateException when they are not one: going on from nowhere would read everything again unasked
     */
    static MlsCheckpoint of(byte[] bytes) {
        try {
            return Json.MAPPER.readValue(bytes, MlsCheckpoint.class);
        } catch (IOException e) {
            throw new IllegalStateException("the feed's checkpoint is not one: expected timestamp and key", e);
        }
    }
}
