package com.listingsync.processor.topology;

import com.listingsync.common.event.Entity;
import com.listingsync.common.event.View;
import com.listingsync.common.wire.SourceKey;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Keys of the stores, made of source keys' own bytes: {@code listing/kind/child}, so that everything of a listing, and every
 * child of one kind, is one range.
 */
final class StateKeys {

    private static final byte SEPARATOR = '/';

    private StateKeys() {}

    /** The listing's part of a source key; the key itself when it is a listing's. */
    static byte[] listing(byte[] sourceKey) {
        int at = separator(sourceKey);
        return at < 0 ? sourceKey : Arrays.copyOf(sourceKey, at);
    }

    /** The listing that a key's listing part spells. */
    static String name(byte[] listing) {
        return SourceKey.of(listing).listing();
    }

    /** Whether a source key names something within a listing. */
    static boolean hasChild(byte[] sourceKey) {
        return separator(sourceKey) >= 0;
    }

    /** {@code listing/kind/child} of a child's or sheet row's source key. */
    static byte[] record(Entity entity, byte[] sourceKey) {
        int at = separator(sourceKey);
        byte[] key = new byte[sourceKey.length + 2];
        System.arraycopy(sourceKey, 0, key, 0, at + 1);
        key[at + 1] = kind(entity);
        key[at + 2] = SEPARATOR;
        System.arraycopy(sourceKey, at + 1, key, at + 3, sourceKey.length - at - 1);
        return key;
    }

    /** The source key that {@link #record} was made of. */
    static byte[] sourceKey(byte[] recordKey) {
        int at = separator(recordKey);
        byte[] key = new byte[recordKey.length - 2];
        System.arraycopy(recordKey, 0, key, 0, at + 1);
        System.arraycopy(recordKey, at + 3, key, at + 1, recordKey.length - at - 3);
        return key;
    }

    /** The kind of record a key made by {@link #record} is of. */
    static Entity entity(byte[] recordKey) {
        byte kind = recordKey[separator(recordKey) + 1];
        for (Entity entity : Entity.values()) {
            if (kind(entity) == kind) {
                return entity;
            }
        }
        throw new IllegalStateException("a record key holds a kind that is none: " + kind);
    }

    /** The key of a listing's content in one view. */
    static byte[] view(byte[] listing, View view) {
        byte[] key = Arrays.copyOf(listing, listing.length + 4);
        key[listing.length] = SEPARATOR;
        key[listing.length + 1] = kind(Entity.PROPERTY);
        key[listing.length + 2] = SEPARATOR;
        key[listing.length + 3] = (byte) view.wireName().charAt(0);
        return key;
    }

    /** What all keys of a listing's records begin with. */
    static byte[] prefix(byte[] listing) {
        byte[] prefix = Arrays.copyOf(listing, listing.length + 1);
        prefix[listing.length] = SEPARATOR;
        return prefix;
    }

    /** What all keys of a listing's records of one kind begin with. */
    static byte[] prefix(byte[] listing, Entity entity) {
        byte[] prefix = Arrays.copyOf(listing, listing.length + 3);
        prefix[listing.length] = SEPARATOR;
        prefix[listing.length + 1] = kind(entity);
        prefix[listing.length + 2] = SEPARATOR;
        return prefix;
    }

    /** The key of a place in a listing's queue of parked children; keys sort by place. */
    static byte[] parked(byte[] listing, long place) {
        return ByteBuffer.allocate(listing.length + 1 + Long.BYTES)
                .put(listing)
                .put(SEPARATOR)
                .putLong(place)
                .array();
    }

    private static byte kind(Entity entity) {
        return (byte) entity.wireName().charAt(0);
    }

    private static int separator(byte[] key) {
        for (int i = 0; i < key.length; i++) {
            if (key[i] == SEPARATOR) {
                return i;
            }
        }
        return -1;
    }
}
