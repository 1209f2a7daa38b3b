package com.listingsync.common.wire;

import java.nio.charset.StandardCharsets;

/**
 * The version of a record's headers ({@link RecordHeaders#SCHEMA}), which is also the version of its key. A release writes one
 * version and reads that one and the one before, so that services can be restarted one after the other, in either direction;
 * version 1 is the first. What is added as an optional header changes no version, because unknown headers are left alone.
 * Stateless.
 */
final class SchemaVersion {

    /** What this release writes. */
    static final int WRITTEN = 1;

    /** What this release reads at the least. */
    static final int OLDEST_READ = Math.max(1, WRITTEN - 1);

    private static final int MOST_DIGITS = 4;

    private SchemaVersion() {}

    /**
     * Checks that a record can be read.
     *
     * @param bytes the header's value
     * @throws IllegalArgumentException when its version is none that this release reads; the record is a dead letter, and the
     *     sentence says what to do
     */
    static void requireReadable(byte[] bytes) {
        int version = number(bytes);
        if (version > WRITTEN) {
            throw new IllegalArgumentException("header '" + RecordHeaders.SCHEMA + "' is " + version
                    + " and this release reads " + read()
                    + ": a newer release has written the record; upgrade this service"
                    + " (docs/upgrade.md), then replay the dead letter");
        }
        if (version < OLDEST_READ) {
            throw new IllegalArgumentException("header '" + RecordHeaders.SCHEMA + "' should be " + read()
                    + "; this record is of another version");
        }
    }

    private static String read() {
        return OLDEST_READ == WRITTEN ? Integer.toString(WRITTEN) : OLDEST_READ + " to " + WRITTEN;
    }

    /** A whole number from 1; 0 for anything else. */
    private static int number(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.length() <= MOST_DIGITS && text.matches("[1-9][0-9]*") ? Integer.parseInt(text) : 0;
    }
}
