package com.listingsync.producer.mls;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The timestamps of MLS records. Pure. */
final class SourceTime {

    private SourceTime() {}

    /** The instant in a text; one without a zone is taken as UTC (facts.md §1: they occur). Empty when it is none. */
    static Optional<Instant> parse(String text) {
        try {
            Instant usual = UsualTime.parse(text);
            return Optional.of(usual == null ? unusual(text) : usual);
        } catch (DateTimeException e) {
            // Not a timestamp: the record is refused by the caller.
            return Optional.empty();
        }
    }

    private static Instant unusual(String text) {
        return hasZone(text)
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    }

    /** The text as an OData literal, which needs a zone. */
    static String literal(String text) {
        return hasZone(text) ? text : text + "Z";
    }

    /** Digits of a second that a timestamp is printed with, rounded up to 0, 3, 6 or 9. */
    static int digits(String text) {
        int point = text.indexOf('.');
        int end = point + 1;
        while (point >= 0 && end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return point < 0 ? 0 : Math.min(9, (end - point - 1 + 2) / 3 * 3);
    }

    /** What a server that prints so many digits of a second prints its clock in. */
    static Duration unit(int digits) {
        return switch (digits) {
            case 0 -> Duration.ofSeconds(1);
            case 3 -> Duration.ofMillis(1);
            case 6 -> Duration.of(1, ChronoUnit.MICROS);
            default -> Duration.ofNanos(1);
        };
    }

    /** Microseconds since 1970. */
    static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static boolean hasZone(String text) {
        if (text.endsWith("Z")) {
            return true;
        }
        int time = text.indexOf('T');
        return time >= 0 && (text.indexOf('+', time) >= 0 || text.indexOf('-', time) >= 0);
    }
}
