package com.listingsync.producer.mls;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the moment that a reading has come to, beside its cursor. It is kept with the cursor, so that a server
 * whose clock is finer than it prints brings nothing twice over a restart either.
 *
 * @param grain how finely the server keeps its clock
 * @param digits digits of a second that it prints, 0 to 9
 * @param floor a timestamp before which everything has been read, so that no drain goes back behind it
 * @param seen records already read of the last printed unit and the one before, by key with the content's fingerprint; none
 *     when there were too many to keep, which costs duplicates that the processor drops
 * @param drain what is being drained; null when nothing is
 */
record LastMoment(
        ClockGrain grain,
        int digits,
        String floor,
        Map<String, String> seen,
        @Nullable Drain drain) {

    private static final String BEGINNING = Instant.EPOCH.toString();

    static final LastMoment NONE = new LastMoment(ClockGrain.UNKNOWN, 0, BEGINNING, Map.of(), null);

    /**
     * Less than half of what a broker takes as one record, for a reading of everything has a moment of its own in the checkpoint: some
     * 7,500 keys of 36 characters.
     */
    private static final int MOST_SEEN_BYTES = 450_000;

    /** Of a fingerprint, and of what stands around it and its key. */
    private static final int BYTES_BESIDE_KEY = 24;

    LastMoment {
        Objects.requireNonNull(grain, "grain");
        Objects.requireNonNull(floor, "floor");
        seen = bytes(seen) > MOST_SEEN_BYTES ? Map.of() : Map.copyOf(seen);
    }

    private static long bytes(Map<String, String> seen) {
        return seen.keySet().stream()
                .mapToLong(key -> key.getBytes(StandardCharsets.UTF_8).length + BYTES_BESIDE_KEY)
                .sum();
    }

    /** What the server prints its clock in. */
    Duration unit() {
        return SourceTime.unit(digits);
    }

    LastMoment withGrain(ClockGrain found) {
        return new LastMoment(found, digits, floor, seen, drain);
    }

    /** After a page. */
    LastMoment with(ClockGrain found, int printed, Map<String, String> nowSeen) {
        return new LastMoment(found, printed, floor, nowSeen, null);
    }

    LastMoment draining(Drain begun) {
        return new LastMoment(grain, digits, floor, seen, begun);
    }

    /** Behind a drain. */
    LastMoment drained(Drain done) {
        return new LastMoment(grain, digits, done.to(), Map.of(), null);
    }

    /** The same server at another place of its feed. */
    LastMoment elsewhere() {
        return new LastMoment(grain, digits, BEGINNING, Map.of(), null);
    }
}
