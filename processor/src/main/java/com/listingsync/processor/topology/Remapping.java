package com.listingsync.processor.topology;

import com.listingsync.common.command.ReprocessRequest;
import com.listingsync.common.deadletter.DeadLetter.Position;
import com.listingsync.common.event.Entity;
import com.listingsync.common.event.Operation;
import com.listingsync.common.event.Origin;
import com.listingsync.common.event.SourceEvent;
import com.listingsync.common.event.View;
import com.listingsync.common.run.Tally;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.common.wire.SourceKey;
import com.listingsync.processor.rule.Again;
import com.listingsync.processor.rule.Fingerprint;
import com.listingsync.processor.rule.ListingState;
import com.listingsync.processor.rule.Sighting;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One record of the log after the other, sent through the mapping again if it is still the last word. Confined to the task's thread. */
final class Remapping {

    private static final Logger LOG = LoggerFactory.getLogger(Remapping.class);

    private final Task task;
    private final Books books;
    private final Consumer<SourceRecord> flows;
    private final int partition;

    /** @param flows takes a record to its flow, as if it had just arrived */
    Remapping(Task task, Books books, Consumer<SourceRecord> flows, int partition) {
        this.task = task;
        this.books = books;
        this.flows = flows;
        this.partition = partition;
    }

    /** Maps a record again if the request wants it, and counts what became of it. */
    void again(ConsumerRecord<byte[], byte[]> record, ReprocessProgress progress) {
        read(record, progress).ifPresent(read -> again(read, progress.command().terms()));
    }

    /** A record that was asked for; empty for a delete, which maps to nothing, and for what is a dead letter since it came. */
    private Optional<SourceRecord> read(ConsumerRecord<byte[], byte[]> record, ReprocessProgress progress) {
        if (record.key() == null || record.value() == null || !LargestRecord.fits(record.value())) {
            return Optional.empty();
        }
        try {
            SourceEvent event = RecordHeaders.readSource(record.headers());
            if (event.operation() == Operation.DELETE
                    || !progress.command()
                            .terms()
                            .mean(record.timestamp(), event.origin().run())
                    || !wanted(progress.command(), SourceKey.of(record.key()))) {
                return Optional.empty();
            }
            Origin account = new Origin(
                    ReprocessRequest.feed(partition).connection(),
                    ReprocessRequest.feed(partition).feed(),
                    View.NONE,
                    Optional.of(progress.command().run()));
            Position position = new Position(record.topic(), record.partition(), record.offset());
            return Optional.of(new SourceRecord(
                    event, record.key(), record.value(), record.headers(), progress.at(), position, account));
        } catch (IllegalArgumentException e) {
            // It was a dead letter when it came; nothing has changed about that.
            return Optional.empty();
        }
    }

    private static boolean wanted(ReprocessRequest command, SourceKey key) {
        return command.keys().isEmpty()
                || command.keys().contains(key.listing())
                || key.child().filter(command.keys()::contains).isPresent();
    }

    private void again(SourceRecord record, ReprocessRequest.Terms terms) {
        books.count(record.account(), Tally.FETCHED, 1);
        boolean waits = record.event().entity().child()
                && task.stores().listing(record.listing()).standing().childrenWait();
        if (waits) {
            // Its row is made, with the present mapping, when its listing comes.
            task.outlet().skip(record, Outlet.WAITING);
            return;
        }
        switch (Again.of(last(record), record.sighting(task.mappingFingerprint()))) {
            case MAP -> map(record);
            case SAME -> {
                if (terms.again()) {
                    forgetMapping(record);
                    map(record);
                } else {
                    task.outlet().skip(record, Outlet.DUPLICATE);
                }
            }
            case SUPERSEDED -> task.outlet().skip(record, Outlet.STALE);
            case UPCOMING -> task.outlet().skip(record, Outlet.UPCOMING);
        }
    }

    /** The record is as new as after a change of the mapping. */
    private void forgetMapping(SourceRecord record) {
        if (record.event().entity() == Entity.PROPERTY) {
            ListingState state = task.stores().listing(record.listing());
            String connection = record.origin().connection();
            Sighting last = Objects.requireNonNull(state.sightings().get(connection), "what was just looked at");
            task.stores().put(record.listing(), state.seen(connection, last.mapped(Fingerprint.NONE)));
        } else {
            byte[] key = StateKeys.record(record.event().entity(), record.key());
            task.stores().put(key, task.stores().record(key).unmapped());
        }
    }

    private void map(SourceRecord record) {
        try {
            flows.accept(record);
        } catch (KafkaException e) {
            // Trouble with Kafka or a store: the transaction is rolled back, and the slice read again.
            throw e;
        } catch (RuntimeException e) {
            // A defect that this record brings out. As with a live record, it is a dead letter and the others go on.
            LOG.atError()
                    .addKeyValue("topic", record.position().topic())
                    .addKeyValue("partition", record.position().partition())
                    .addKeyValue("offset", record.position().offset())
                    .setCause(e)
                    .log("a record made the processor fail when it was mapped again; this is a defect of ours");
            task.outlet()
                    .refuse(
                            record,
                            PoisonRecordHandler.CODE,
                            "the processor failed on this record; its log has the cause",
                            Optional.empty());
        }
    }

    private @Nullable Sighting last(SourceRecord record) {
        String connection = record.origin().connection();
        return record.event().entity() == Entity.PROPERTY
                ? task.stores().listing(record.listing()).sightings().get(connection)
                : task.stores()
                        .record(StateKeys.record(record.event().entity(), record.key()))
                        .sighting(connection);
    }
}
