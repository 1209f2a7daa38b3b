package com.listingsync.processor.topology;

import com.listingsync.common.command.ReprocessRequest;
import com.listingsync.common.deadletter.DeadLetter.Position;
import com.listingsync.common.event.Entity;
import com.listingsync.common.event.Operation;
import com.listingsync.common.event.Origin;
import com.listingsync.common.event.SourceEvent;
import com.listingsync.common.event.View;
import com.listingsync.common.run.Outcome;
import com.listingsync.common.run.Tally;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.common.wire.SourceKey;
import com.listingsync.processor.rule.Again;
import com.listingsync.processor.rule.Sighting;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the log through the mapping again: the partition's owner reads its own source records from the beginning, a slice
 * between two rounds of live records. What it does with a slice and how far it has come are one transaction, so a crash or a new
 * owner goes on where it ended. Confined to the task's thread.
 */
final class Reprocess {

    private static final Logger LOG = LoggerFactory.getLogger(Reprocess.class);

    /** Whenever live records have had their round. */
    private static final Duration BETWEEN_ROUNDS = Duration.ofMillis(1);

    /** Live records wait for no more than this many between two of their own rounds. */
    private static final int SLICES = 4;

    /** Nor for longer than this, in milliseconds. */
    private static final long PATIENCE_MILLIS = 25;

    private final ProcessorContext<byte[], byte[]> context;
    private final Task task;
    private final Books books;
    private final SourceLog.Opener opener;
    private final Consumer<SourceRecord> flows;
    private final KeyValueStore<String, byte[]> requests;
    private final int partition;

    private @Nullable SourceLog log;

    /** What lets the work go on between live records; null while there is none, which then costs nothing. */
    private @Nullable Cancellable rounds;

    /** @param flows takes a record to its flow, as if it had just arrived */
    Reprocess(
            ProcessorContext<byte[], byte[]> context,
            Task task,
            Books books,
            SourceLog.Opener opener,
            Consumer<SourceRecord> flows) {
        this.context = context;
        this.task = task;
        this.books = books;
        this.opener = opener;
        this.flows = flows;
        this.requests = context.getStateStore(Names.REPROCESS_STORE);
        this.partition = context.taskId().partition();
    }

    /** Goes on with what a former owner of the task has left. */
    void start() {
        if (rounds == null && first().isPresent()) {
            rounds = context.schedule(BETWEEN_ROUNDS, PunctuationType.WALL_CLOCK_TIME, this::goOn);
        }
    }

    /**
     * Takes a request in; it is done between live records from now on.
     *
     * @param at when it was asked for, in milliseconds since 1970
     * @throws IllegalArgumentException when it is none; the record is a dead letter
     */
    void request(byte @Nullable [] value, long at) {
        if (value == null) {
            throw new IllegalArgumentException("not a reprocess request: the record is empty");
        }
        ReprocessRequest command = ReprocessRequest.of(value);
        Map<Entity, Long> begin = new EnumMap<>(Entity.class);
        Map<Entity, Long> end = new EnumMap<>(Entity.class);
        for (Entity entity : Entity.values()) {
            if (command.wants(entity)) {
                begin.put(entity, log().begin(entity));
                end.put(entity, log().end(entity));
            }
        }
        ReprocessProgress progress = new ReprocessProgress(command, at, begin, end);
        requests.put(command.run(), progress.bytes());
        report(progress, new Outcome.FeedStarted(ReprocessRequest.feed(partition), progress.left(), now()));
        start();
    }

    /** Does a little of what has been asked for. */
    private void goOn(long now) {
        for (int i = 0; rounds != null && i < SLICES && now() - now <= PATIENCE_MILLIS; i++) {
            slice();
        }
    }

    void close() {
        if (rounds != null) {
            rounds.cancel();
            rounds = null;
        }
        if (log != null) {
            log.close();
            log = null;
        }
    }

    private void slice() {
        Optional<ReprocessProgress> first = first();
        if (first.isEmpty()) {
            close();
            return;
        }
        ReprocessProgress progress = first.get();
        Optional<Entity> entity = progress.open();
        if (entity.isEmpty()) {
            requests.delete(progress.command().run());
            report(progress, new Outcome.FeedFinished(ReprocessRequest.feed(partition), null, now()));
            return;
        }
        SourceLog.Slice slice = log().read(entity.get(), progress.from(entity.get()), progress.to(entity.get()));
        for (ConsumerRecord<byte[], byte[]> record : slice.records()) {
            read(record, progress).ifPresent(this::again);
        }
        if (slice.next() != progress.from(entity.get())) {
            requests.put(
                    progress.command().run(),
                    progress.reached(entity.get(), slice.next()).bytes());
        }
    }

    /** The request that came first; ids of runs sort by time. */
    private Optional<ReprocessProgress> first() {
        try (KeyValueIterator<String, byte[]> all = requests.all()) {
            KeyValue<String, byte[]> entry = all.hasNext() ? all.next() : null;
            return Optional.ofNullable(entry).map(found -> ReprocessProgress.of(found.value));
        }
    }

    /** A record that was asked for; empty for a delete, which maps to nothing, and for what is a dead letter since it came. */
    private Optional<SourceRecord> read(ConsumerRecord<byte[], byte[]> record, ReprocessProgress progress) {
        if (record.key() == null || record.value() == null || !LargestRecord.fits(record.value())) {
            return Optional.empty();
        }
        try {
            SourceEvent event = RecordHeaders.readSource(record.headers());
            if (event.operation() == Operation.DELETE || !wanted(progress.command(), SourceKey.of(record.key()))) {
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

    private void again(SourceRecord record) {
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
            case SAME -> task.outlet().skip(record, Outlet.DUPLICATE);
            case SUPERSEDED -> task.outlet().skip(record, Outlet.STALE);
            case UPCOMING -> task.outlet().skip(record, Outlet.UPCOMING);
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

    private void report(ReprocessProgress progress, Outcome outcome) {
        byte[] run = progress.command().run().getBytes(StandardCharsets.UTF_8);
        context.forward(new Record<>(run, outcome.bytes(), now()), Names.OUTCOME_SINK);
    }

    private SourceLog log() {
        SourceLog opened = log == null ? opener.open(partition) : log;
        log = opened;
        return opened;
    }

    private long now() {
        return context.currentSystemTimeMs();
    }
}
