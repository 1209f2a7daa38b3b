package com.listingsync.processor.topology;

import com.listingsync.common.event.Operation;
import com.listingsync.common.event.RowEvent;
import com.listingsync.common.run.FeedName;
import com.listingsync.common.run.Outcome;
import com.listingsync.common.run.RunState;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.common.wire.RowKey;
import com.listingsync.processor.map.MappedRow;
import com.listingsync.processor.rule.RowVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Adds outcomes up to the state of each run, and reports it to {@code sync.runs} and as rows: at once when it ends, else a few
 * times a second. Confined to the task's thread.
 */
final class RunProcessor implements Processor<byte[], byte[], byte[], byte[]> {

    /** A run is forgotten here this long after it began; its rows and its record on {@code sync.runs} stay. */
    private static final Duration RETENTION = Duration.ofDays(60);

    private static final Duration FORGET_INTERVAL = Duration.ofHours(1);

    /** So often it is looked who has run feeds in hand; producers say so in the same interval. */
    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(5);

    private final Set<String> unreported = new LinkedHashSet<>();
    private final Set<String> running = new LinkedHashSet<>();
    private final Silence silence;

    private @Nullable ProcessorContext<byte[], byte[]> context;
    private @Nullable KeyValueStore<String, byte[]> runs;

    /** @param silence how long no producer need have a feed of a running run in hand before it counts as failed */
    RunProcessor(Duration silence) {
        this.silence = new Silence((int) Math.max(1, silence.dividedBy(LOOK_INTERVAL)));
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> taskContext) {
        context = taskContext;
        runs = taskContext.getStateStore(Names.RUN_STORE);
        entries(RunEntry::unreported).forEach(entry -> unreported.add(entry.key));
        entries(entry -> !entry.state().status().ended()).forEach(entry -> running.add(entry.key));
        taskContext.schedule(LOOK_INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::look);
        taskContext.schedule(ListingProcessor.REPORT_INTERVAL, PunctuationType.WALL_CLOCK_TIME, now -> reportAll());
        taskContext.schedule(FORGET_INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::forget);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Outcome outcome;
        String run;
        try {
            if (record.key() == null || record.key().length == 0 || record.value() == null) {
                throw new IllegalArgumentException("an outcome needs its run as key, and a value");
            }
            run = new String(record.key(), StandardCharsets.UTF_8);
            outcome = Outcome.of(record.value());
        } catch (IllegalArgumentException e) {
            // The count it held is missing from its run, which then shows records in flight; Streams' handler keeps the
            // bytes.
            throw new UnreadableSourceException(Outlet.UNREADABLE, String.valueOf(e.getMessage()));
        }
        silence.heard(run, outcome);
        byte[] stored = store().get(run);
        if (stored == null && outcome instanceof Outcome.StillReading) {
            // Of a scheduled pass that has nothing to tell of: there is no such run, and need not be one.
            return;
        }
        RunEntry before =
                stored == null ? new RunEntry(RunState.first(run, outcome.at()), 0, false) : RunEntry.of(stored);
        RunState heard = before.state().plus(outcome);
        List<FeedName> silent = silence.silent(heard, outcome);
        RunState after = silent.isEmpty() ? heard : heard.silent(silent, record.timestamp());
        if (!after.equals(before.state()) || stored == null) {
            changed(run, new RunEntry(after, before.version(), true), record.timestamp());
        }
    }

    private void changed(String run, RunEntry now, long timestamp) {
        if (now.state().status().ended()) {
            running.remove(run);
            silence.ended(run);
            report(run, now, timestamp);
            unreported.remove(run);
        } else {
            running.add(run);
            store().put(run, now.bytes());
            unreported.add(run);
        }
    }

    private void look(long now) {
        for (String run : running) {
            byte[] key = run.getBytes(StandardCharsets.UTF_8);
            silence.look(run, now)
                    .ifPresent(
                            word -> forwarding().forward(new Record<>(key, word.bytes(), now), Names.RUN_OUTCOME_SINK));
        }
    }

    private void reportAll() {
        long now = forwarding().currentSystemTimeMs();
        for (String run : unreported) {
            byte[] stored = store().get(run);
            if (stored != null) {
                report(run, RunEntry.of(stored), now);
            }
        }
        unreported.clear();
    }

    private void report(String run, RunEntry entry, long timestamp) {
        long version = RowVersion.next(entry.version(), timestamp, Operation.UPSERT);
        store().put(run, new RunEntry(entry.state(), version, false).bytes());
        byte[] key = run.getBytes(StandardCharsets.UTF_8);
        forwarding().forward(new Record<>(key, entry.state().bytes(), timestamp), Names.RUN_SINK);
        for (MappedRow row : RunRows.of(entry.state(), version)) {
            String table = row.layout().name();
            Headers headers = new org.apache.kafka.common.header.internals.RecordHeaders();
            RecordHeaders.write(new RowEvent(table, Operation.UPSERT, version, Optional.empty()), headers);
            byte[] rowKey = new RowKey(run, table, row.id()).bytes();
            forwarding().forward(new Record<>(rowKey, row.json(), timestamp, headers), Names.RUN_ROW_SINK);
        }
    }

    private void forget(long now) {
        long before = now - RETENTION.toMillis();
        entries(entry -> entry.state().startedAt() < before).forEach(entry -> store().delete(entry.key));
    }

    private List<KeyValue<String, RunEntry>> entries(java.util.function.Predicate<RunEntry> which) {
        List<KeyValue<String, RunEntry>> found = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> all = store().all()) {
            all.forEachRemaining(entry -> {
                RunEntry run = RunEntry.of(entry.value);
                if (which.test(run)) {
                    found.add(KeyValue.pair(entry.key, run));
                }
            });
        }
        return found;
    }

    private ProcessorContext<byte[], byte[]> forwarding() {
        if (context == null) {
            throw new IllegalStateException("a processor works only after init");
        }
        return context;
    }

    private KeyValueStore<String, byte[]> store() {
        if (runs == null) {
            throw new IllegalStateException("a processor works only after init");
        }
        return runs;
    }
}
