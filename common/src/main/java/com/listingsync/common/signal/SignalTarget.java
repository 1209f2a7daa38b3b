package com.listingsync.common.signal;

import com.listingsync.common.run.FeedName;
import com.listingsync.common.wire.KeyText;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What can be paused: a service, a connection, or one feed of a connection. Its text is the key on {@code sync.signals}: {@code
 * sink}, {@code connection/mls}, {@code feed/mls/media}.
 *
 * @param kind what it is
 * @param names nothing for a service; the connection's name; the connection's and the feed's
 */
public record SignalTarget(Kind kind, List<String> names) {

    /** All instances of the producer. */
    public static final SignalTarget PRODUCER = new SignalTarget(Kind.PRODUCER, List.of());

    /** All instances of the processor. */
    public static final SignalTarget PROCESSOR = new SignalTarget(Kind.PROCESSOR, List.of());

    /** All instances of the sink. */
    public static final SignalTarget SINK = new SignalTarget(Kind.SINK, List.of());

    /** What a target is. */
    public enum Kind {
        PRODUCER("producer", 0),
        PROCESSOR("processor", 0),
        SINK("sink", 0),
        CONNECTION("connection", 1),
        FEED("feed", 2);

        private final String wireName;
        private final int names;

        Kind(String wireName, int names) {
            this.wireName = wireName;
            this.names = names;
        }

        /** Its word in keys and commands. */
        public String wireName() {
            return wireName;
        }
    }

    public SignalTarget {
        names = List.copyOf(names);
        if (names.size() != kind.names || names.contains("")) {
            throw new IllegalArgumentException(
                    "a " + kind.wireName + " is named by " + kind.names + " words; found " + names.size());
        }
    }

    /** A connection with all its feeds. */
    public static SignalTarget connection(String name) {
        return new SignalTarget(Kind.CONNECTION, List.of(name));
    }

    /** One feed. */
    public static SignalTarget feed(FeedName feed) {
        return new SignalTarget(Kind.FEED, List.of(feed.connection(), feed.feed()));
    }

    /**
     * The target of this text.
     *
     * @throws IllegalArgumentException when it names none
     */
    public static SignalTarget of(String text) {
        List<String> parts = KeyText.split(text);
        for (Kind kind : Kind.values()) {
            if (kind.wireName.equals(parts.get(0))) {
                return new SignalTarget(kind, parts.subList(1, parts.size()));
            }
        }
        throw new IllegalArgumentException(
                "expected producer, processor, sink, connection/NAME or feed/CONNECTION/FEED; found '" + text + "'");
    }

    /** UTF-8 text of the target. */
    public byte[] bytes() {
        return toString().getBytes(StandardCharsets.UTF_8);
    }

    /** For people: {@code the sink}, {@code connection mls}, {@code feed mls/media}. */
    public String words() {
        return names.isEmpty() ? "the " + kind.wireName : kind.wireName + " " + String.join("/", names);
    }

    @Override
    public String toString() {
        String[] parts = new String[names.size() + 1];
        parts[0] = kind.wireName;
        for (int i = 0; i < names.size(); i++) {
            parts[i + 1] = names.get(i);
        }
        return KeyText.join(parts);
    }
}
