package com.listingsync.producer.sheet;

import com.listingsync.common.event.Operation;
import com.listingsync.common.event.SourceEvent;
import com.listingsync.producer.publish.KafkaAccess;
import com.listingsync.producer.publish.SourceRecord;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a spreadsheet from pass to pass: the rows as they were emitted last, rebuilt from their topic, and
 * the checkpoint. Confined to the connection's thread.
 */
final class SheetMemory {

    private final KafkaAccess kafka;
    private final String connection;
    private SheetCheckpoint checkpoint;
    private @Nullable Map<String, KnownRow> rows;

    SheetMemory(KafkaAccess kafka, String connection, SheetCheckpoint checkpoint) {
        this.kafka = kafka;
        this.connection = connection;
        this.checkpoint = checkpoint;
    }

    SheetCheckpoint checkpoint() {
        return checkpoint;
    }

    /** The known rows by property number; read when they are needed first, since most polls need none. */
    Map<String, KnownRow> rows() {
        Map<String, KnownRow> known = rows;
        if (known == null) {
            known = KnownRows.read(kafka, connection);
            rows = known;
        }
        return known;
    }

    /** Fingerprints of the bad rows of a tab that are dead letters already. */
    Set<String> reported(String feed) {
        return checkpoint.reported().getOrDefault(feed, Set.of());
    }

    /** Notes what is committed: a checkpoint, and the records of one pass over a tab. */
    void committed(SheetCheckpoint next) {
        checkpoint = next;
    }

    /** Notes records that are committed. */
    void committed(Iterable<SourceRecord> records) {
        for (SourceRecord record : records) {
            SourceEvent event = record.event();
            String number = record.key().child().orElse(record.key().listing());
            if (event.operation() == Operation.DELETE) {
                // Of a row that moved, the new key is noted already.
                rows().computeIfPresent(number, (n, row) -> row.key().equals(record.key()) ? null : row);
            } else {
                rows().put(
                                number,
                                new KnownRow(
                                        record.key(),
                                        event.link(),
                                        event.origin().feed(),
                                        event.contentHash()));
            }
        }
    }
}
