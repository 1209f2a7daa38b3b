package com.listingsync.processor.topology;

import com.listingsync.common.deadletter.Fate;
import com.listingsync.common.deadletter.ReplayMark;
import com.listingsync.common.event.Origin;
import com.listingsync.common.run.FeedName;
import com.listingsync.common.run.Outcome;
import com.listingsync.common.run.Tally;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What this stage owes the books of the runs: counts are added up in a store, inside the transaction of the work they count,
 * and reported a few times a second. What a replay's mark has instead of a run is the fate of its dead letter. Confined to the task's thread.
 */
final class Books {

    private static final String SEPARATOR = "\0";

    private final ProcessorContext<byte[], byte[]> context;
    private final KeyValueStore<byte[], byte[]> counts;

    /** What the store holds, for counting on without reading it. */
    private final Map<Origin, Map<String, Count>> open = new HashMap<>();

    private @Nullable Origin lastOrigin;
    private Map<String, Count> countsOfLast = new HashMap<>();

    /** Whether something may wait to be reported; true at first because a former owner of the task may have left it. */
    private boolean unreported = true;

    /** One count and where it is stored. */
    private static final class Count {
        private final byte[] key;
        private long value;

        Count(byte[] key, long value) {
            this.key = key;
            this.value = value;
        }
    }

    Books(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        this.counts = context.getStateStore(Names.COUNT_STORE);
    }

    /** Adds to a count of the run that fetched a record; records that no run fetched are not counted. */
    void count(Origin origin, String name, long change) {
        if (origin.run().isEmpty()) {
            return;
        }
        if (!origin.equals(lastOrigin)) {
            lastOrigin = origin;
            countsOfLast = open.computeIfAbsent(origin, o -> new HashMap<>());
        }
        Count count = countsOfLast.get(name);
        if (count == null) {
            count = stored(origin, name);
            countsOfLast.put(name, count);
        }
        count.value += change;
        counts.put(count.key, bytes(count.value));
        unreported = true;
    }

    /** Reports all counts, one outcome per run and feed, and starts them again. */
    void report(long now) {
        if (!unreported) {
            return;
        }
        Map<List<String>, Tally> tallies = new LinkedHashMap<>();
        for (KeyValue<byte[], byte[]> entry : drain()) {
            String[] parts = new String(entry.key, StandardCharsets.UTF_8).split(SEPARATOR, -1);
            tallies.merge(List.of(parts[0], parts[1], parts[2]), Tally.of(parts[3], number(entry.value)), Tally::plus);
        }
        tallies.forEach((feed, tally) -> {
            if (!tally.counts().isEmpty()) {
                report(feed, tally, now);
            }
        });
        unreported = false;
    }

    private void report(List<String> feed, Tally tally, long now) {
        Optional<ReplayMark> mark = ReplayMark.of(feed.get(0));
        if (mark.isPresent()) {
            Fate fate = new Fate.Became(mark.get().letter(), mark.get().attempt(), tally, now);
            context.forward(new Record<>(fate.key(), fate.bytes(), now), Names.FATE_SINK);
            return;
        }
        Outcome outcome = new Outcome.Counted(new FeedName(feed.get(1), feed.get(2)), tally, now);
        byte[] run = feed.get(0).getBytes(StandardCharsets.UTF_8);
        context.forward(new Record<>(run, outcome.bytes(), now), Names.OUTCOME_SINK);
    }

    private Count stored(Origin origin, String name) {
        String key = origin.run().orElse("")
                + SEPARATOR
                + origin.connection()
                + SEPARATOR
                + origin.feed()
                + SEPARATOR
                + name;
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        byte[] before = counts.get(bytes);
        return new Count(bytes, before == null ? 0 : number(before));
    }

    private List<KeyValue<byte[], byte[]>> drain() {
        List<KeyValue<byte[], byte[]>> entries = new ArrayList<>();
        try (KeyValueIterator<byte[], byte[]> all = counts.all()) {
            all.forEachRemaining(entries::add);
        }
        entries.forEach(entry -> counts.delete(entry.key));
        open.clear();
        lastOrigin = null;
        return entries;
    }

    private static byte[] bytes(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    private static long number(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getLong();
    }
}
