package com.listingsync.producer.publish;

import com.listingsync.common.event.SourceEvent;
import com.listingsync.common.wire.SourceKey;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record that can't go onto its source topic and becomes a dead letter.
 *
 * @param key the best key known: its own, or the feed's when it has none
 * @param event where it came from; its version is 0 when it is not known
 * @param value what the source sent; null when it is too large to keep
 * @param code stable cause, such as {@code no-key}
 * @param message one sentence without any value of the record
 * @param column the column or field at fault; empty when it is not one
 */
public record Refusal(
        SourceKey key,
        SourceEvent event,
        byte @Nullable [] value,
        String code,
        String message,
        Optional<String> column) {

    public static final String NO_KEY = "no-key";
    public static final String KEY_TOO_LONG = "key-too-long";
    public static final String NO_TIMESTAMP = "no-timestamp";
    public static final String NO_PARENT = "no-parent";
    public static final String NOT_AN_OBJECT = "not-an-object";
    public static final String TOO_LARGE = "too-large";
    public static final String DUPLICATE_KEY = "duplicate-key";
    public static final String FORMULA_ERROR = "formula-error";

    // Not compact: NullAway does not see that an array component may be null there.
    public Refusal(
            SourceKey key,
            SourceEvent event,
            byte @Nullable [] value,
            String code,
            String message,
            Optional<String> column) {
        this.key = Objects.requireNonNull(key, "key");
        this.event = Objects.requireNonNull(event, "event");
        this.value = value;
        this.code = Objects.requireNonNull(code, "code");
        this.message = Objects.requireNonNull(message, "message");
        this.column = Objects.requireNonNull(column, "column");
    }

    /** A record that is refused as a whole. */
    public Refusal(SourceKey key, SourceEvent event, byte @Nullable [] value, String code, String message) {
        this(key, event, value, code, message, Optional.empty());
    }
}
