package com.listingsync.producer.presence;

import java.nio.ByteBuffer;

/**
 * Since when a known record is missing at its server.
 *
 * @param sweep number of the first sweep that missed it, at least 1
 * @param since when that sweep began, in milliseconds since 1970
 */
public record Absence(long sweep, long since) {

    /** Two big-endian numbers. */
    public byte[] bytes() {
        return ByteBuffer.allocate(2 * Long.BYTES).putLong(sweep).putLong(since).array();
    }

    /**
     * The absence in these bytes.
     *
     * @throws IllegalArgumentException when they are not one
     */
    public static Absence of(byte[] bytes) {
        if (bytes.length != 2 * Long.BYTES) {
            throw new IllegalArgumentException("an absence has 16 bytes; found " + bytes.length);
        }
        ByteBuffer numbers = ByteBuffer.wrap(bytes);
        return new Absence(numbers.getLong(), numbers.getLong());
    }
}
