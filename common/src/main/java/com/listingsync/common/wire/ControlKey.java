package com.listingsync.common.wire;

import java.nio.charset.StandardCharsets;

/**
 * The keys of the {@code sync.*} topics that are about connections: {@code connection} on {@code sync.commands}, {@code
 * connection/feed} on {@code sync.checkpoints}. Like all keys they choose their partition by the first part, so everything
 * about a connection is in one.
 */
public final class ControlKey {

    private ControlKey() {}

    /** The key of what concerns a whole connection. */
    public static byte[] of(String connection) {
        return KeyText.join(connection).getBytes(StandardCharsets.UTF_8);
    }

    /** The key of what concerns one feed. */
    public static byte[] of(String connection, String feed) {
        return KeyText.join(connection, feed).getBytes(StandardCharsets.UTF_8);
    }
}
