package com.listingsync.producer.sheet;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What a cell of a spreadsheet holds: text, a number, a truth value or nothing. Pure. */
final class CellValue {

    /** Day 0 of Google's serial dates (facts.md §2). */
    private static final LocalDate SERIAL_EPOCH = LocalDate.of(1899, 12, 30);

    /** 31 December 9999: a larger number in a date column is no date. */
    private static final BigDecimal LAST_DAY = BigDecimal.valueOf(2_958_465);

    private static final BigDecimal SECONDS_A_DAY = BigDecimal.valueOf(86_400);

    private CellValue() {}

    static boolean isBlank(@Nullable Object cell) {
        return cell == null || (cell instanceof String text && text.isBlank());
    }

    /** The cell as text; whole numbers without a fraction. */
    static String text(@Nullable Object cell) {
        if (cell == null) {
            return "";
        }
        return cell instanceof Number number ? plain(number) : cell.toString();
    }

    /** Writes a cell that is not blank as a JSON value. */
    static void write(Object cell, JsonGenerator to) throws IOException {
        if (cell instanceof Number number) {
            to.writeRawValue(plain(number));
        } else if (cell instanceof Boolean truth) {
            to.writeBoolean(truth);
        } else {
            to.writeString(cell.toString());
        }
    }

    /**
     * A serial date as ISO 8601 text: a date for whole days, else a time with the offset that {@code zone} had then. Any
     * other cell as it is.
     */
    static Object date(Object cell, ZoneId zone) {
        if (!(cell instanceof Number number)) {
            return cell;
        }
        BigDecimal days = decimal(number);
        if (days.signum() < 0 || days.compareTo(LAST_DAY) > 0) {
            return cell;
        }
        BigDecimal whole = days.setScale(0, RoundingMode.FLOOR);
        LocalDate date = SERIAL_EPOCH.plusDays(whole.longValueExact());
        // Times are binary fractions of a day: 0.1 s of rounding is far above their error and far below a second.
        long seconds = days.subtract(whole)
                .multiply(SECONDS_A_DAY)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
        if (seconds == 0) {
            return date.toString();
        }
        LocalDateTime time = date.atStartOfDay().plus(seconds, ChronoUnit.SECONDS);
        return ZonedDateTime.of(time, zone).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    }

    private static String plain(Number number) {
        BigDecimal decimal = decimal(number);
        return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
    }

    private static BigDecimal decimal(Number number) {
        return number instanceof BigDecimal decimal ? decimal : new BigDecimal(number.toString());
    }
}
