package com.listingsync.producer.mls;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.listingsync.common.wire.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
 * @param forced a reading of everything that is under way; null when none is
 * @param followed runs whose commands were followed to their end here, the latest last: a command that comes again after a
 *     crash is not followed twice
 * @param moment what is known of the moment of the last record; null when nothing is
 */
record MlsCheckpoint(
        String timestamp,
        String key,
        @Nullable String link,
        @Nullable String high,
        String run,
        boolean open,
        boolean complete,
        @Nullable ForcedReading forced,
        List<String> followed,
        @Nullable LastMoment moment) {

    /** Commands under way at once are far fewer; each costs 20 bytes. */
    private static final int REMEMBERED = 32;

    /** Of a feed that was never read. */
    static final MlsCheckpoint NONE = new MlsCheckpoint(
            Cursor.FIRST.timestamp(), Cursor.FIRST.key(), null, null, "", false, false, null, List.of(), null);

    MlsCheckpoint {
        Objects.requireNonNull(run, "run");
        new Cursor(timestamp, key);
        followed = followed == null ? List.of() : List.copyOf(followed);
    }

    LastMoment lastMoment() {
        return moment == null ? LastMoment.NONE : moment;
    }

    Cursor cursor() {
        return new Cursor(timestamp, key);
    }

    /** The same place, with {@code reading} under way. */
    MlsCheckpoint with(@Nullable ForcedReading reading) {
        return new MlsCheckpoint(timestamp, key, link, high, run, open, complete, reading, followed, moment);
    }

    /** The same place, once the command of this run has been followed to its end. */
    MlsCheckpoint following(String ended) {
        List<String> all = new ArrayList<>(followed);
        all.remove(ended);
        all.add(ended);
        return new MlsCheckpoint(
                timestamp,
                key,
                link,
                high,
                run,
                open,
                complete,
                forced,
                all.subList(Math.max(0, all.size() - REMEMBERED), all.size()),
                moment);
    }

    /** The place of a forced reading that is at its end, or this one if it is further; everything has been read then. */
    MlsCheckpoint afterForced() {
        ForcedReading ahead = forced == null || forced.cursor().isBefore(cursor()) ? null : forced;
        Cursor at = ahead == null ? cursor() : ahead.cursor();
        LastMoment then = ahead == null ? moment : ahead.moment();
        return new MlsCheckpoint(at.timestamp(), at.key(), link, high, run, open, true, null, followed, then);
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
