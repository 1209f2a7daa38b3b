package com.listingsync.producer.upstream;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a server says about its quotas on every answer (facts.md §1): what is left, when it is renewed, and how much it is.
 * Pure.
 */
final class ServerQuota {

    /** Says a server by which header how much is left, and by which when there is more. */
    private record Quota(String left, String renewed) {}

    private static final List<Quota> QUOTAS = List.of(
            // Trestle; the minute has no reset time.
            new Quota("Hour-Quota-Available", "Hour-Quota-ResetTime"),
            new Quota("Minute-Quota-Available", "Minute-Quota-ResetTime"),
            // Bridge.
            new Quota("Application-RateLimit-Remaining", "Application-RateLimit-Reset"),
            new Quota("Burst-RateLimit-Remaining", "Burst-RateLimit-Reset"),
            // AMPRE, which says no time, and what many gateways say.
            new Quota("X-Rate-Limit-Remaining", "X-Rate-Limit-Reset"),
            new Quota("X-RateLimit-Remaining", "X-RateLimit-Reset"));

    /** Epochs above this are milliseconds: as seconds it is the year 5138. */
    private static final long MILLIS_FROM = 100_000_000_000L;

    /** A number below this is a number of seconds from now, not a moment: as an epoch it is the year 1973. */
    private static final long EPOCH_FROM = 100_000_000L;

    private ServerQuota() {}

    /** How long nothing is left; empty when something is, or nothing is said. */
    static Optional<Duration> exhausted(Function<String, @Nullable String> header, Instant now) {
        return QUOTAS.stream()
                .filter(quota -> number(header.apply(quota.left())).stream().anyMatch(left -> left <= 0))
                .flatMap(quota -> moment(header.apply(quota.renewed()), now).stream())
                .map(until -> Duration.between(now, until))
                .filter(wait -> !wait.isNegative() && !wait.isZero())
                .max(Duration::compareTo);
    }

    /** Requests that the server allows in a window of this name; empty when it doesn't say. */
    static OptionalInt limit(Function<String, @Nullable String> header, String window) {
        String name = switch (window) {
            case "minute" -> "Minute-Quota-Limit";
            case "hour" -> "Hour-Quota-Limit";
            default -> "";
        };
        return name.isEmpty()
                ? OptionalInt.empty()
                : number(header.apply(name)).stream()
                        .filter(limit -> limit >= 1)
                        .mapToInt(Double::intValue)
                        .findFirst();
    }

    /** A moment in milliseconds or seconds since 1970, in seconds from now, or in words (ISO 8601). */
    private static Optional<Instant> moment(@Nullable String text, Instant now) {
        Optional<Double> number = number(text);
        if (number.isPresent()) {
            long value = number.get().longValue();
            return Optional.of(
                    value >= MILLIS_FROM
                            ? Instant.ofEpochMilli(value)
                            : value >= EPOCH_FROM ? Instant.ofEpochSecond(value) : now.plusSeconds(value));
        }
        try {
            return text == null ? Optional.empty() : Optional.of(Instant.parse(text.strip()));
        } catch (DateTimeException e) {
            // A header that says nothing: our own limits and back-off decide.
            return Optional.empty();
        }
    }

    private static Optional<Double> number(@Nullable String text) {
        return text != null && text.strip().matches("-?\\d{1,15}(\\.\\d{1,6})?")
                ? Optional.of(Double.parseDouble(text.strip()))
                : Optional.empty();
    }
}
