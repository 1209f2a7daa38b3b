package com.listingsync.producer.sheet;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * A day or moment as a spreadsheet counts it: days since 30 December 1899 with the time as a fraction, in the spreadsheet's
 * own zone (facts.md §2). Pure.
 *
 * <p>A time that the clocks skip in spring is the one an hour later, with the offset of summer; one that comes twice in autumn
 * is the first, as in {@link ZonedDateTime#of(LocalDateTime, ZoneId)}: the sheet does not say which was meant.
 */
final class SerialDate {

    private static final LocalDate EPOCH = LocalDate.of(1899, 12, 30);

    /** 1 January 0001 and 31 December 9999; numbers outside are no dates. */
    private static final BigDecimal FIRST_DAY = BigDecimal.valueOf(-693_593);

    private static final BigDecimal LAST_DAY = BigDecimal.valueOf(2_958_465);
    private static final int SECONDS_A_DAY = 86_400;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private SerialDate() {}

    /**
     * A cell of a column of days: a number of whole days as {@code 2026-11-22}, of days and a part as {@code
     * 2026-11-22T13:45:00-05:00}, of a part alone as {@code 13:45:00}. Any other cell as it is.
     */
    static Object day(Object cell, ZoneId zone) {
        return read(cell, zone, false);
    }

    /** A cell of a column of moments: a number as a moment with its offset, whole days as their midnight. */
    static Object moment(Object cell, ZoneId zone) {
        return read(cell, zone, true);
    }

    private static Object read(Object cell, ZoneId zone, boolean moment) {
        if (!(cell instanceof Number number)) {
            return cell;
        }
        BigDecimal days = CellValue.decimal(number);
        if (days.compareTo(FIRST_DAY) < 0 || days.compareTo(LAST_DAY.add(BigDecimal.ONE)) >= 0) {
            return cell;
        }
        BigDecimal whole = days.setScale(0, RoundingMode.FLOOR);
        // Times are binary fractions of a day; rounding to a second is far above their error.
        int seconds = days.subtract(whole)
                .multiply(BigDecimal.valueOf(SECONDS_A_DAY))
                .setScale(0, RoundingMode.HALF_UP)
                .intValueExact();
        if (!moment && whole.signum() == 0 && seconds > 0 && seconds < SECONDS_A_DAY) {
            return TIME.format(LocalTime.ofSecondOfDay(seconds));
        }
        LocalDateTime time =
                EPOCH.plusDays(whole.longValueExact()).atStartOfDay().plusSeconds(seconds);
        return !moment && seconds % SECONDS_A_DAY == 0
                ? time.toLocalDate().toString()
                : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(ZonedDateTime.of(time, zone));
    }
}
