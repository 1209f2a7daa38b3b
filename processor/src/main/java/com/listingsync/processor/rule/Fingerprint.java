package com.listingsync.processor.rule;

/** Content hashes and mapping fingerprints as numbers: 64 bits that are compared for equality alone. */
public final class Fingerprint {

    /** Stands for a content that equals no other: of a record without a hash, and of a delete. */
    public static final long NONE = 0;

    private static final int HEX_DIGITS = 16;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private Fingerprint() {}

    /** 16 hex digits as their number, any other text as a hash of it (FNV-1a), no text as {@link #NONE}. */
    public static long of(String text) {
        if (text.isEmpty()) {
            return NONE;
        }
        long number = 0;
        boolean hex = text.length() == HEX_DIGITS;
        long hash = FNV_OFFSET;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = Character.digit(c, HEX_DIGITS);
            hex &= digit >= 0;
            number = number << 4 | digit;
            hash = (hash ^ c) * FNV_PRIME;
        }
        return hex ? number : hash;
    }
}
