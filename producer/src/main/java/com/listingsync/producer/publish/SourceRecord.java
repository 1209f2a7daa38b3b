package com.listingsync.producer.publish;

import com.listingsync.common.event.SourceEvent;
import com.listingsync.common.wire.SourceKey;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record ready for its source topic.
 *
 * @param key where it belongs
 * @param event what its headers say
 * @param value UTF-8 JSON object exactly as the source sent it; null for a delete
 */
public record SourceRecord(SourceKey key, SourceEvent event, byte @Nullable [] value) {

    /** Larger values do not fit a broker's default message.max.bytes (1 MiB) with key and headers. Real ones stay under 30 KB. */
    public static final int MOST_VALUE_BYTES = 1_000_000;

    // Not compact: NullAway does not see that an array component may be null there.
    public SourceRecord(SourceKey key, SourceEvent event, byte @Nullable [] value) {
        this.key = Objects.requireNonNull(key, "key");
        this.event = Objects.requireNonNull(event, "event");
        this.value = value;
    }
}
