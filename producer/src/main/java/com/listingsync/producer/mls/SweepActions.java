package com.listingsync.producer.mls;

import com.listingsync.common.event.Entity;
import com.listingsync.common.event.Operation;
import com.listingsync.common.event.Origin;
import com.listingsync.common.event.SourceEvent;
import com.listingsync.common.wire.SourceKey;
import com.listingsync.producer.presence.Sweep;
import com.listingsync.producer.publish.FeedLog;
import com.listingsync.producer.publish.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes what a sweep comes to, in transactions of a bounded size: a delete and the end of its absence are in one. Confined to the
 * feed's thread.
 */
final class SweepActions implements Sweep.Actions {

    /** Records of a transaction. */
    static final int AT_ONCE = 500;

    /** Keys that one sweep fetches one by one; what is beyond is left to the next sweep. */
    private static final int MOST_FETCHED = 10_000;

    private final Entity entity;
    private final Origin origin;
    private final long number;
    private final boolean held;
    private final FeedWriter writer;
    private final List<String> unknown = new ArrayList<>();
    private long deleted;

    /**
     * @param number of the sweep
     * @param held whether nothing is deleted
     */
    SweepActions(Entity entity, Origin origin, long number, boolean held, FeedWriter writer) {
        this.entity = entity;
        this.origin = origin;
        this.number = number;
        this.held = held;
        this.writer = writer;
    }

    @Override
    public void missing(List<Sweep.Missing> records) {
        List<SourceRecord> deletes = new ArrayList<>();
        List<Consumer<FeedLog>> notes = new ArrayList<>();
        for (Sweep.Missing one : records) {
            if (one.gone() && !held) {
                deletes.add(delete(entity, origin, one.place(), one.version()));
                notes.add(log -> log.noteAbsence(one.place(), null));
            } else if (one.absence().sweep() == number) {
                notes.add(log -> log.noteAbsence(one.place(), one.absence().bytes()));
            }
            if (notes.size() >= AT_ONCE) {
                write(deletes, notes);
            }
        }
        write(deletes, notes);
    }

    @Override
    public void back(List<String> places) {
        List<Consumer<FeedLog>> notes = new ArrayList<>();
        places.forEach(place -> notes.add(log -> log.noteAbsence(place, null)));
        write(new ArrayList<>(), notes);
    }

    @Override
    public void unknown(List<String> keys) {
        unknown.addAll(keys.subList(0, Math.min(keys.size(), MOST_FETCHED - unknown.size())));
    }

    /** Keys to fetch. */
    List<String> unknown() {
        return unknown;
    }

    /** How many records were deleted. */
    long deleted() {
        return deleted;
    }

    /**
     * The delete of a record that was found by its absence.
     *
     * @param place the text of its source key
     * @param version the last that was emitted: the delete outranks it by coming later, and a record that is listed again at
     *     the same version outranks the delete
     */
    static SourceRecord delete(Entity entity, Origin origin, String place, long version) {
        return new SourceRecord(
                SourceKey.of(place), new SourceEvent(entity, Operation.DELETE, origin, version, ""), null);
    }

    private void write(List<SourceRecord> deletes, List<Consumer<FeedLog>> notes) {
        if (!notes.isEmpty()) {
            List<Consumer<FeedLog>> now = List.copyOf(notes);
            writer.write(deletes, log -> now.forEach(note -> note.accept(log)));
            deleted += deletes.size();
            deletes.clear();
            notes.clear();
        }
    }
}
