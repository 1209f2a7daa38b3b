package com.listingsync.embedded.world;

import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/** Timestamps as text, such as {@code 2026-03-01T14:05:09Z}; a million a second matter to the feed. */
final class Timestamps {
    private Timestamps() {}

    /** @param micros since 1970, cut off to the unit that is printed: seconds, milliseconds or microseconds */
    static char[] format(long micros, ChronoUnit printed) {
        char[] seconds = format(Math.floorDiv(micros, 1_000_000L));
        int digits = printed == ChronoUnit.SECONDS ? 0 : printed == ChronoUnit.MILLIS ? 3 : 6;
        if (digits == 0) {
            return seconds;
        }
        char[] text = Arrays.copyOf(seconds, seconds.length + 1 + digits);
        text[seconds.length - 1] = '.';
        long fraction = Math.floorMod(micros, 1_000_000L) / (digits == 3 ? 1_000 : 1);
        for (int at = text.length - 2; at >= seconds.length; at--) {
            text[at] = (char) ('0' + fraction % 10);
            fraction /= 10;
        }
        text[text.length - 1] = 'Z';
        return text;
    }

    /** @param epochSecond between the years 1970 and 9999 */
    static char[] format(long epochSecond) {
        long days = Math.floorDiv(epochSecond, 86_400L);
        int second = (int) Math.floorMod(epochSecond, 86_400L);
        // Civil-from-days by Howard Hinnant ("chrono-compatible low-level date algorithms"), days shifted to
        // 0000-03-01.
        long shifted = days + 719_468;
        long era = shifted / 146_097;
        int dayOfEra = (int) (shifted - era * 146_097);
        int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int monthFromMarch = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
        int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        int year = (int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0);
        char[] text = "0000-00-00T00:00:00Z".toCharArray();
        digits(text, 0, year / 100);
        digits(text, 2, year % 100);
        digits(text, 5, month);
        digits(text, 8, day);
        digits(text, 11, second / 3_600);
        digits(text, 14, second / 60 % 60);
        digits(text, 17, second % 60);
        return text;
    }

    private static void digits(char[] text, int at, int value) {
        text[at] = (char) ('0' + value / 10);
        text[at + 1] = (char) ('0' + value % 10);
    }
}
