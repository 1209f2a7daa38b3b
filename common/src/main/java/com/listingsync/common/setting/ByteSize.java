package com.listingsync.common.setting;

import java.util.Locale;

/**
 * An amount of bytes; in text a whole number with an optional unit: {@code 512}, {@code 64KiB}, {@code 1MiB}, {@code
 * 2GiB}.
 *
 * @param bytes zero or more
 */
public record ByteSize(long bytes) {

    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size is zero bytes or more; found " + bytes);
        }
    }

    /**
     * The size in this text.
     *
     * @throws IllegalArgumentException when it is not a number with one of the units
     */
    public static ByteSize parse(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        int shift = lower.endsWith("kib") ? 10 : lower.endsWith("mib") ? 20 : lower.endsWith("gib") ? 30 : 0;
        String digits =
                shift == 0 ? lower : lower.substring(0, lower.length() - 3).strip();
        try {
            return new ByteSize(Math.multiplyExact(Long.parseLong(digits), 1L << shift));
        } catch (NumberFormatException | ArithmeticException e) {
            throw new IllegalArgumentException("a size is a whole number of bytes, or of KiB, MiB or GiB", e);
        }
    }
}
