package com.listingsync.processor.map;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Reads days and moments as feeds write them. Pure text to text: what is right is passed on in its own digits, so that no
 * precision is lost.
 */
final class Moments {

    /** A spreadsheet's day 0 (facts.md §2). */
    private static final LocalDate SHEET_EPOCH = LocalDate.of(1899, 12, 30);

    /** 31 December 9999 as a spreadsheet counts. */
    private static final long LAST_SHEET_DAY = 2_958_465;

    private static final int DAY_CHARS = 10;
    private static final String DAY = "a day such as 2026-11-22";
    private static final String MOMENT = "a moment such as 2026-11-22T14:00:00Z";

    private Moments() {}

    /**
     * A calendar day: {@code 2026-11-22}, or the day of a moment as written; a number is a spreadsheet's serial day.
     *
     * @throws RefusedValueException when it is anything else
     */
    static String day(FieldValue value) throws RefusedValueException {
        if (value.kind() == FieldValue.Kind.NUMBER) {
            return sheetDay(value);
        }
        String text = text(value, DAY);
        if (!startsWithDay(text) || text.length() > DAY_CHARS && !isTime(text, DAY_CHARS)) {
            throw new RefusedValueException(DAY);
        }
        return text.substring(0, DAY_CHARS);
    }

    /**
     * A moment with its offset. One without a zone is taken as UTC, a day alone as its midnight in UTC. A time alone, as
     * some boards send for open houses, is not a moment.
     *
     * @throws RefusedValueException when it is anything else
     */
    static String moment(FieldValue value) throws RefusedValueException {
        String text = text(value, MOMENT);
        if (!startsWithDay(text)) {
            throw new RefusedValueException(MOMENT);
        }
        if (text.length() == DAY_CHARS) {
            return text + "T00:00:00Z";
        }
        if (!isTime(text, DAY_CHARS)) {
            throw new RefusedValueException(MOMENT);
        }
        String moment = text.replace(' ', 'T').replace('t', 'T').replace('z', 'Z');
        return zoneAt(moment) < 0 ? moment + "Z" : moment;
    }

    private static String text(FieldValue value, String expected) throws RefusedValueException {
        if (value.kind() != FieldValue.Kind.STRING) {
            throw new RefusedValueException(expected);
        }
        return value.text().strip();
    }

    private static String sheetDay(FieldValue value) throws RefusedValueException {
        long day;
        try {
            day = new java.math.BigDecimal(value.text()).longValue();
        } catch (NumberFormatException e) {
            // JSON numbers always parse; this guards against a value built otherwise.
            throw new RefusedValueException(DAY);
        }
        if (day < 1 || day > LAST_SHEET_DAY) {
            throw new RefusedValueException(DAY);
        }
        return SHEET_EPOCH.plusDays(day).toString();
    }

    private static boolean startsWithDay(String text) {
        if (text.length() < DAY_CHARS || text.charAt(4) != '-' || text.charAt(7) != '-') {
            return false;
        }
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 7);
        int day = digits(text, 8, DAY_CHARS);
        if (year < 1 || month < 1 || month > 12 || day < 1 || day > 31) {
            return false;
        }
        return day <= 28 || exists(year, month, day);
    }

    private static boolean exists(int year, int month, int day) {
        try {
            LocalDate.of(year, month, day);
            return true;
        } catch (DateTimeException e) {
            // The 30th of February: no day, and the caller says so.
            return false;
        }
    }

    /** Whether {@code T14:00}, {@code T14:00:00}, {@code T14:00:00.123} with or without a zone stands at {@code at}. */
    private static boolean isTime(String text, int at) {
        char t = text.charAt(at);
        if (t != 'T' && t != 't' && t != ' ') {
            return false;
        }
        int zone = zoneAt(text);
        if (zone >= 0 && !isZone(text, zone)) {
            return false;
        }
        int end = zone < 0 ? text.length() : zone;
        int i = at + 1;
        if (end < i + 5 || text.charAt(i + 2) != ':' || !within(text, i, 23) || !within(text, i + 3, 59)) {
            return false;
        }
        if (end == i + 5) {
            return true;
        }
        if (end < i + 8 || text.charAt(i + 5) != ':' || !within(text, i + 6, 59)) {
            return false;
        }
        return end == i + 8
                || text.charAt(i + 8) == '.' && end > i + 9 && digits(text, i + 9, Math.min(end, i + 18)) >= 0;
    }

    private static int zoneAt(String text) {
        for (int i = DAY_CHARS; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 'Z' || c == 'z' || c == '+' || c == '-') {
                return i;
            }
        }
        return -1;
    }

    private static boolean isZone(String text, int at) {
        int length = text.length() - at;
        char c = text.charAt(at);
        if (c == 'Z' || c == 'z') {
            return length == 1;
        }
        boolean minutes = length == 3
                || length == 5 && within(text, at + 3, 59)
                || length == 6 && text.charAt(at + 3) == ':' && within(text, at + 4, 59);
        return minutes && within(text, at + 1, 15);
    }

    private static boolean within(String text, int at, int max) {
        int number = at + 2 <= text.length() ? digits(text, at, at + 2) : -1;
        return number >= 0 && number <= max;
    }

    /** The number that these characters spell; -1 when one is not a digit. Up to nine digits. */
    private static int digits(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            number = number * 10 + (c - '0');
        }
        return number;
    }
}
