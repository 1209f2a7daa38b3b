package com.listingsync.console.trace;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * A record of the log without its payload, except where the payload is small and ours.
 *
 * @param source which topic it stands on
 * @param place where
 * @param timestamp its time, in milliseconds since 1970
 * @param key its key
 * @param headers its headers as text; of several with one name the last
 * @param value its payload as text; empty unless it is a status change
 */
public record LogRecord(
        Source source, Place place, long timestamp, String key, Map<String, String> headers, Optional<String> value) {

    /** What a topic holds. */
    public enum Source {
        RECORDS,
        ROWS,
        STATUS,
        LETTERS
    }

    /**
     * A record's place in Kafka.
     *
     * @param topic full name
     */
    public record Place(String topic, int partition, long offset) {}

    public LogRecord {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    long number(String name) {
        try {
            return Long.parseLong(headers.getOrDefault(name, "0"));
        } catch (NumberFormatException e) {
            // Somebody else's record: it counts as the oldest.
            return 0;
        }
    }

    static Map<String, String> text(Headers headers) {
        Map<String, String> text = new LinkedHashMap<>();
        for (Header header : headers) {
            if (header.value() != null) {
                text.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        return text;
    }
}
