package com.listingsync.processor.topology;

import com.listingsync.common.deadletter.DeadLetter.Position;
import com.listingsync.common.deadletter.ReplayMark;
import com.listingsync.common.event.Operation;
import com.listingsync.common.event.Origin;
import com.listingsync.common.event.SourceEvent;
import com.listingsync.processor.rule.Fingerprint;
import com.listingsync.processor.rule.Novelty;
import com.listingsync.processor.rule.Sighting;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record of a source topic whose headers could be read.
 *
 * @param event what its headers say
 * @param key its key's bytes
 * @param value its payload; null for a delete
 * @param headers all of its headers, for a dead letter
 * @param timestamp its time, in milliseconds since 1970
 * @param position where it stands
 * @param account the run and feed in whose books it is counted: those that fetched it, or those that map it again
 */
record SourceRecord(
        SourceEvent event,
        byte[] key,
        byte @Nullable [] value,
        Headers headers,
        long timestamp,
        Position position,
        Origin account) {

    SourceRecord {
        if (value == null && event.operation() == Operation.UPSERT) {
            throw new IllegalArgumentException("an upsert needs a payload; this record has none");
        }
        if (StateKeys.hasChild(key) == (event.entity() == com.listingsync.common.event.Entity.PROPERTY)) {
            throw new IllegalArgumentException(
                    "a property's key is 'listing/connection', all others' 'listing/child/connection'; this one is of "
                            + event.entity().wireName());
        }
    }

    /** A record that is counted where it was fetched. */
    @SuppressWarnings("NullAway") // It does not see the annotation of an array component in the canonical constructor.
    SourceRecord(
            SourceEvent event,
            byte[] key,
            byte @Nullable [] value,
            Headers headers,
            long timestamp,
            Position position) {
        this(event, key, value, headers, timestamp, position, event.origin());
    }

    Origin origin() {
        return event.origin();
    }

    byte[] listing() {
        return StateKeys.listing(key);
    }

    /** The payload of an upsert. */
    byte[] payload() {
        if (value == null) {
            throw new IllegalStateException("a delete has no payload");
        }
        return value;
    }

    Sighting sighting(long mappingFingerprint) {
        return new Sighting(
                event.sourceVersion(),
                Fingerprint.of(event.contentHash()),
                mappingFingerprint,
                event.operation() == Operation.DELETE);
    }

    /** As {@link #sighting(long)}, to be judged after {@code last}. */
    Sighting sightingAfter(@Nullable Sighting last, long mappingFingerprint) {
        Sighting now = sighting(mappingFingerprint);
        return replayed() ? now.replayedAfter(last) : now;
    }

    /** Whether it says anything new after {@code last}. */
    Novelty noveltyAfter(@Nullable Sighting last, Sighting now) {
        return replayed() ? Novelty.ofReplay(last, now) : Novelty.of(last, now);
    }

    /** Whether it was a dead letter and is replayed. */
    boolean replayed() {
        return account.run().isPresent() && ReplayMark.isMark(account.run().get());
    }

    /** Whether it is the first that its source says since {@code last} became a dead letter, which is of no use any more. */
    boolean overtakes(@Nullable Sighting last) {
        return last != null && last.refused() && !replayed();
    }
}
