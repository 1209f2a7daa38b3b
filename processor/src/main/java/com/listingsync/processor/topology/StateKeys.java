package com.listingsync.processor.topology;

import com.listingsync.common.event.Entity;
import com.listingsync.common.wire.KeyText;
import com.listingsync.common.wire.SourceKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Keys of the stores, made of source keys' own bytes: {@code listing/kind/child}, so that everything of a listing, and every
 * child of one kind, is one range. A child has one key whichever connections have it; what each of them said is in its state.
 */
final class StateKeys {

    private static final byte SEPARATOR = '/';

    private StateKeys() {}

    /** The listing's part of a key. */
    static byte[] listing(byte[] key) {
        return Arrays.copyOf(key, separator(key, 0));
    }

    /** The listing that a key's listing part spells. */
    static String name(byte[] listing) {
        return SourceKey.listing(listing);
    }

    /** Whether a source key names something within a listing. */
    static boolean hasChild(byte[] sourceKey) {
        return separator(sourceKey, separator(sourceKey, 0) + 1) < sourceKey.length;
    }

    /** {@code listing/kind/child} of a child's or sheet row's source key. */
    static byte[] record(Entity entity, byte[] sourceKey) {
        int first = separator(sourceKey, 0);
        int second = separator(sourceKey, first + 1);
        byte[] key = new byte[second + 2];
        System.arraycopy(sourceKey, 0, key, 0, first + 1);
        key[first + 1] = kind(entity);
        key[first + 2] = SEPARATOR;
        System.arraycopy(sourceKey, first + 1, key, first + 3, second - first - 1);
        return key;
    }

    /** The kind of record a key made by {@link #record} is of. */
    static Entity entity(byte[] recordKey) {
        byte kind = recordKey[separator(recordKey, 0) + 1];
        for (Entity entity : Entity.values()) {
            if (kind(entity) == kind) {
                return entity;
            }
        }
        throw new IllegalStateException("a record key holds a kind that is none: " + kind);
    }

    /** The child that a key made by {@link #record} spells. */
    static String child(byte[] recordKey) {
        return KeyText.split(new String(recordKey, StandardCharsets.UTF_8)).get(2);
    }

    /** The key of a listing's content as one connection gave it. */
    static byte[] content(byte[] listing, String connection) {
        byte[] name = connection.getBytes(StandardCharsets.UTF_8);
        byte[] key = Arrays.copyOf(listing, listing.length + 3 + name.length);
        key[listing.length] = SEPARATOR;
        key[listing.length + 1] = kind(Entity.PROPERTY);
        key[listing.length + 2] = SEPARATOR;
        System.arraycopy(name, 0, key, listing.length + 3, name.length);
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

    /** Where the next separator is; the key's length when there is none. */
    private static int separator(byte[] key, int from) {
        for (int i = from; i < key.length; i++) {
            if (key[i] == SEPARATOR) {
                return i;
            }
        }
        return key.length;
    }
}
