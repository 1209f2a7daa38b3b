package com.listingsync.common.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How long a server asks its clients to wait, in whichever of its headers it says so. Pure. */
public final class RetryAfter {

    /** RFC 9110 §10.2.3 (seconds or a date), and AMPRE's own (facts.md §1). */
    private static final List<String> HEADERS = List.of("Retry-After", "X-Rate-Limit-Retry-After-Seconds");

    /** No server means more: a date in another century is a slip, and whoever took it at its word would never ask again. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private RetryAfter() {}

    /** The longest wait that any of the headers asks for, not negative and a day at most; empty when none does. */
    public static Optional<Duration> of(Function<String, @Nullable String> header, Instant now) {
        return HEADERS.stream()
                .map(header)
                .flatMap(value ->
                        value == null ? Optional.<Duration>empty().stream() : parse(value.strip(), now).stream())
                .max(Duration::compareTo)
                .map(wait -> wait.compareTo(LONGEST) < 0 ? wait : LONGEST);
    }

    private static Optional<Duration> parse(String value, Instant now) {
        if (value.matches("\\d{1,9}(\\.\\d+)?")) {
            return Optional.of(Duration.ofMillis((long) Math.ceil(Double.parseDouble(value) * 1000)));
        }
        try {
            Instant until = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value));
            Duration wait = Duration.between(now, until);
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeException e) {
            // A header that says nothing: our own back-off decides.
            return Optional.empty();
        }
    }
}
