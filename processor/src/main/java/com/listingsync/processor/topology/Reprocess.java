package com.listingsync.processor.topology;

import com.listingsync.common.command.ReprocessRequest;
import com.listingsync.common.command.ReprocessWish;
import com.listingsync.common.event.Entity;
import com.listingsync.common.run.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Sends the log through the mapping again: the partition's owner reads its own source records from the beginning, a slice
 * between two rounds of live records. What it does with a slice and how far it has come are one transaction, so a crash or a new
 * owner goes on where it ended. Confined to the task's thread.
 */
final class Reprocess {

    /** Whenever live records have had their round. */
    private static final Duration BETWEEN_ROUNDS = Duration.ofMillis(1);

    /** Live records wait for no more than this many between two of their own rounds. */
    private static final int SLICES = 4;

    /** Nor for longer than this, in milliseconds. */
    private static final long PATIENCE_MILLIS = 25;

    private final ProcessorContext<byte[], byte[]> context;
    private final Remapping remapping;
    private final SourceLog.Opener opener;
    private final KeyValueStore<String, byte[]> requests;
    private final int partition;

    private final Allowance allowance;

    private @Nullable SourceLog log;

    /** What lets the work go on between live records; null while there is none, which then costs nothing. */
    private @Nullable Cancellable rounds;

    /**
     * @param partitions how many owners share a request, and its rate
     * @param flows takes a record to its flow, as if it had just arrived
     */
    Reprocess(
            ProcessorContext<byte[], byte[]> context,
            Task task,
            Books books,
            SourceLog.Opener opener,
            int partitions,
            Consumer<SourceRecord> flows) {
        this.context = context;
        this.opener = opener;
        this.allowance = new Allowance(partitions);
        this.requests = context.getStateStore(Names.REPROCESS_STORE);
        this.partition = context.taskId().partition();
        this.remapping = new Remapping(task, books, flows, partition);
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
        Optional<ReprocessWish> wish = ReprocessWish.of(value);
        if (wish.isPresent()) {
            follow(wish.get());
            return;
        }
        ReprocessRequest command = ReprocessRequest.of(value);
        Map<Entity, Long> begin = new EnumMap<>(Entity.class);
        Map<Entity, Long> end = new EnumMap<>(Entity.class);
        for (Entity entity : Entity.values()) {
            if (command.wants(entity)) {
                Long from = command.terms().from();
                begin.put(entity, from == null ? log().begin(entity) : log().at(entity, from));
                end.put(entity, log().end(entity));
            }
        }
        ReprocessProgress progress = new ReprocessProgress(command, at, begin, end, false);
        requests.put(command.run(), progress.bytes());
        report(progress, new Outcome.FeedStarted(ReprocessRequest.feed(partition), progress.left(), now()));
        start();
    }

    /** What somebody wishes of a request; of one that is done or was never here there is nothing left to wish. */
    private void follow(ReprocessWish wish) {
        byte[] stored = requests.get(wish.run());
        if (stored == null) {
            return;
        }
        ReprocessProgress progress = ReprocessProgress.of(stored);
        switch (wish.wish()) {
            case PAUSE -> requests.put(wish.run(), progress.paused(true).bytes());
            case RESUME -> requests.put(wish.run(), progress.paused(false).bytes());
            case STOP -> finish(progress);
        }
        start();
    }

    private void finish(ReprocessProgress progress) {
        requests.delete(progress.command().run());
        report(progress, new Outcome.FeedFinished(ReprocessRequest.feed(partition), null, now()));
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
            finish(progress);
            return;
        }
        long from = progress.from(entity.get());
        long most = allowance.now(progress.command().terms().rate(), now());
        if (most == 0) {
            return;
        }
        long to = Math.min(progress.to(entity.get()), from > Long.MAX_VALUE - most ? Long.MAX_VALUE : from + most);
        SourceLog.Slice slice = log().read(entity.get(), from, to);
        for (ConsumerRecord<byte[], byte[]> record : slice.records()) {
            remapping.again(record, progress);
        }
        allowance.spend(slice.next() - from);
        if (slice.next() != progress.from(entity.get())) {
            requests.put(
                    progress.command().run(),
                    progress.reached(entity.get(), slice.next()).bytes());
        }
    }

    /** Of the requests that are not paused the one that came first; ids of runs sort by time. */
    private Optional<ReprocessProgress> first() {
        try (KeyValueIterator<String, byte[]> all = requests.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> entry = all.next();
                ReprocessProgress progress = ReprocessProgress.of(entry.value);
                if (!progress.paused()) {
                    return Optional.of(progress);
                }
            }
            return Optional.empty();
        }
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
