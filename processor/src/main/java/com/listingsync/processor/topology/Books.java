package com.listingsync.processor.topology;

import com.listingsync.common.event.Origin;
import com.listingsync.common.run.FeedName;
import com.listingsync.common.run.Outcome;
import com.listingsync.common.run.Tally;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What this stage owes the books of the runs: counts are added up in a store, inside the transaction of the work they count,
 * and reported a few times a second. Confined to the task's thread.
 */
final class Books {

    private static final String SEPARATOR = "\0";

    private final ProcessorContext<byte[], byte[]> context;
    private final KeyValueStore<String, Long> counts;

    /** Whether something may wait to be reported; true at first because a former owner of the task may have left it. */
    private boolean open = true;

    Books(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        this.counts = context.getStateStore(Names.COUNT_STORE);
    }

    /** Adds to a count of the run that fetched a record; records that no run fetched are not counted. */
    void count(Origin origin, String name, long change) {
        if (origin.run().isEmpty()) {
            return;
        }
        String key =
                origin.run().get() + SEPARATOR + origin.connection() + SEPARATOR + origin.feed() + SEPARATOR + name;
        Long before = counts.get(key);
        counts.put(key, before == null ? change : before + change);
        open = true;
    }

    /** Reports all counts, one outcome per run and feed, and starts them again. */
    void report(long now) {
        if (!open) {
            return;
        }
        Map<List<String>, Tally> tallies = new LinkedHashMap<>();
        for (KeyValue<String, Long> entry : drain()) {
            String[] parts = entry.key.split(SEPARATOR, -1);
            tallies.merge(List.of(parts[0], parts[1], parts[2]), Tally.of(parts[3], entry.value), Tally::plus);
        }
        tallies.forEach((feed, tally) -> {
            if (!tally.counts().isEmpty()) {
                Outcome outcome = new Outcome.Counted(new FeedName(feed.get(1), feed.get(2)), tally, now);
                byte[] run = feed.get(0).getBytes(StandardCharsets.UTF_8);
                context.forward(new Record<>(run, outcome.bytes(), now), Names.OUTCOME_SINK);
            }
        });
        open = false;
    }

    private List<KeyValue<String, Long>> drain() {
        List<KeyValue<String, Long>> entries = new ArrayList<>();
        try (KeyValueIterator<String, Long> all = counts.all()) {
            all.forEachRemaining(entries::add);
        }
        entries.forEach(entry -> counts.delete(entry.key));
        return entries;
    }
}
