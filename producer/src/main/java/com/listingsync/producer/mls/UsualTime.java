package com.listingsync.producer.mls;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Reads timestamps of the shape nearly all servers print, {@code 2026-11-22T08:00:00}, with up to nine digits of a fraction, and with
 * {@code Z}, an offset {@code +05:00} or nothing behind it. Every record has such a text, and java.time's formatter would take a sixth
 * of the time of reading it. Pure.
 */
final class UsualTime {

    private static final int FRACTION = "2026-11-22T08:00:00".length();
    private static final int OFFSET_LENGTH = "+05:00".length();
    private static final int MOST_DIGITS = 9;
    private static final int NO_NUMBER = -1;

    private UsualTime() {}

    /**
     * The instant, of a text without a zone in UTC; null when the text has another shape, and so may still be a time.
     *
     * @throws DateTimeException when the shape is right and the numbers are no time
     */
    static @Nullable Instant parse(String text) {
        if (!hasShape(text)) {
            return null;
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, FRACTION);
        int zone = fractionEnd(text);
        int nanos = nanos(text, zone);
        ZoneOffset offset = offset(text, zone);
        if ((year | month | day | hour | minute | second | nanos) < 0 || offset == null) {
            return null;
        }
        return LocalDateTime.of(year, month, day, hour, minute, second, nanos).toInstant(offset);
    }

    private static boolean hasShape(String text) {
        return text.length() >= FRACTION
                && text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(10) == 'T'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':';
    }

    /** Where the digits of the fraction end; where they would begin when there is none. */
    private static int fractionEnd(String text) {
        if (text.length() == FRACTION || text.charAt(FRACTION) != '.') {
            return FRACTION;
        }
        int end = FRACTION + 1;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int nanos(String text, int end) {
        if (end == FRACTION) {
            return 0;
        }
        int digits = end - FRACTION - 1;
        if (digits == 0 || digits > MOST_DIGITS) {
            return NO_NUMBER;
        }
        int nanos = number(text, FRACTION + 1, end);
        for (int i = digits; i < MOST_DIGITS; i++) {
            nanos *= 10;
        }
        return nanos;
    }

    private static @Nullable ZoneOffset offset(String text, int at) {
        int length = text.length() - at;
        if (length == 0 || length == 1 && text.charAt(at) == 'Z') {
            return ZoneOffset.UTC;
        }
        char sign = text.charAt(at);
        if (length != OFFSET_LENGTH || sign != '+' && sign != '-' || text.charAt(at + 3) != ':') {
            return null;
        }
        int hours = number(text, at + 1, at + 3);
        int minutes = number(text, at + 4, at + 6);
        if ((hours | minutes) < 0) {
            return null;
        }
        return sign == '-' ? ZoneOffset.ofHoursMinutes(-hours, -minutes) : ZoneOffset.ofHoursMinutes(hours, minutes);
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            char digit = text.charAt(i);
            if (!isDigit(digit)) {
                return NO_NUMBER;
            }
            number = number * 10 + digit - '0';
        }
        return number;
    }

    private static boolean isDigit(char letter) {
        return letter >= '0' && letter <= '9';
    }
}
