package com.listingsync.processor.topology;

import com.listingsync.processor.rule.RecordState;
import com.listingsync.processor.rule.Sighting;
import java.time.Duration;

/**
 * Gives up on children whose listing never came: past the limit they become dead letters that name it. Confined to the task's thread.
 */
final class Orphans {

    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(250);

    /** The look at what is oldest costs nothing, so it is often enough for a person who waits for it. */
    private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(1);

    /** As many are given up at a time as fit into a short transaction. */
    private static final int SLICE = 1_000;

    private final Task task;
    private final ParkingLot parking;
    private final Duration limit;

    Orphans(Task task, ParkingLot parking, Duration limit) {
        this.task = task;
        this.parking = parking;
        this.limit = limit;
    }

    /** How often to look: a tenth of the limit, within reason. */
    Duration interval() {
        Duration tenth = limit.dividedBy(10);
        if (tenth.compareTo(SHORTEST_INTERVAL) < 0) {
            return SHORTEST_INTERVAL;
        }
        return tenth.compareTo(LONGEST_INTERVAL) > 0 ? LONGEST_INTERVAL : tenth;
    }

    /** Gives up on what was recorded longer than the limit before {@code now}, the oldest first, a slice at a time. */
    void expire(long now) {
        parking.expire(now - limit.toMillis(), SLICE, this::giveUp);
    }

    private void giveUp(SourceRecord record) {
        byte[] listing = record.listing();
        task.stores().put(listing, task.stores().listing(listing).unparked(1));
        byte[] key = StateKeys.record(record.event().entity(), record.key());
        RecordState state = task.stores().record(key);
        String connection = record.origin().connection();
        Sighting last = state.sighting(connection);
        if (last != null) {
            // Sent again, it gets a new chance.
            task.stores().put(key, state.seen(connection, last.forgotten().asRefused()));
        }
        task.outlet().unparked(record, "orphaned");
        task.outlet().orphan(record, limit);
    }
}
