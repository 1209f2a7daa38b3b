package com.listingsync.common.run;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.random.RandomGenerator;

/** How runs are named: the second they began and four random letters, so that names sort by time and read aloud. */
public final class RunId {

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withZone(ZoneOffset.UTC);

    /** Letters and digits that can't be mistaken for each other. */
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

    private static final int RANDOM_LETTERS = 4;

    private RunId() {}

    /** A new id such as {@code 20261122-074500-k7fq}. */
    public static String next(Instant now, RandomGenerator random) {
        StringBuilder id = new StringBuilder(SECOND.format(now)).append('-');
        for (int i = 0; i < RANDOM_LETTERS; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }
}
