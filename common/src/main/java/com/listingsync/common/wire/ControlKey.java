package com.listingsync.common.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The keys of the {@code sync.*} topics that are about connections: {@code connection} on {@code sync.commands}, {@code
 * connection/feed} and {@code connection/feed/part} on {@code sync.checkpoints}, {@code connection/feed/source key} on {@code
 * sync.absences}. Like all keys they choose their partition by the first part, so everything
 * about a connection is in one.
 */
public final class ControlKey {

    private ControlKey() {}

    /** The key of what concerns a whole connection. */
    public static byte[] of(String connection) {
        return KeyText.join(connection).getBytes(StandardCharsets.UTF_8);
    }

    /** The key of one part of what is known of a feed. */
    public static byte[] of(String connection, String feed, String part) {
        return KeyText.join(connection, feed, part).getBytes(StandardCharsets.UTF_8);
    }

    /** The parts of a key. */
    public static List<String> parts(byte[] key) {
        return List.copyOf(KeyText.split(new String(key, StandardCharsets.UTF_8)));
    }

    /** The key of what concerns one feed. */
    public static byte[] of(String connection, String feed) {
        return KeyText.join(connection, feed).getBytes(StandardCharsets.UTF_8);
    }
}
