package com.listingsync.console.replay;

import com.listingsync.common.topic.LogEnd;
import com.listingsync.common.topic.TopicSpec;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The rows of a log that were purged. A purge has no version that the table's guard could compare, so a replay into a live project
 * sends neither what was purged later nor the purge itself: the first would bring a row back, the second could take away a row
 * that has returned since. Immutable.
 */
final class Purges {

    /** For a copy that nobody else writes: everything is sent in the order of the log, purges too. */
    static final Purges IN_ORDER = new Purges(Map.of(), false);

    private final Map<String, Long> last;
    private final boolean heeded;

    private Purges(Map<String, Long> last, boolean heeded) {
        this.last = last;
        this.heeded = heeded;
    }

    /**
     * Reads a span, and what came after it, for purges; a purge by hand is rare, so few keys are held.
     *
     * @param enough asked now and then; what was found by then is the answer
     */
    static Purges within(Consumer<byte[], byte[]> consumer, TopicSpec topic, ReplaySpan span, BooleanSupplier enough) {
        List<TopicPartition> places = span.ends().keySet().stream()
                .map(partition -> new TopicPartition(topic.name(), partition))
                .toList();
        Map<String, Long> last = new HashMap<>();
        consumer.assign(places);
        places.forEach(place -> consumer.seek(place, span.start(place.partition())));
        LogEnd.readTo(
                consumer,
                row -> {
                    if (row.value() == null && row.key() != null) {
                        last.put(text(row), row.offset());
                    }
                },
                left -> !enough.getAsBoolean());
        return new Purges(Map.copyOf(last), true);
    }

    /** Whether a record must not be sent, because its row was purged then or later. */
    boolean outdate(ConsumerRecord<byte[], byte[]> row) {
        if (!heeded) {
            return false;
        }
        if (row.value() == null) {
            return true;
        }
        if (last.isEmpty()) {
            return false;
        }
        Long purged = last.get(text(row));
        return purged != null && row.offset() < purged;
    }

    private static String text(ConsumerRecord<byte[], byte[]> row) {
        return new String(row.key(), StandardCharsets.UTF_8);
    }
}
