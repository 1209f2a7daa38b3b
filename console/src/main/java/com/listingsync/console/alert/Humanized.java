package com.listingsync.console.alert;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as Prometheus' templates write them. Stateless. */
final class Humanized {

    private static final MathContext FOUR_DIGITS = new MathContext(4);
    private static final long SECONDS_A_DAY = 86_400;

    private Humanized() {}

    /** @param how {@code humanizePercentage}, {@code humanizeDuration}, or empty for the number as it is */
    static String value(double value, String how) {
        return switch (how) {
            case "humanizePercentage" -> digits(value * 100) + "%";
            case "humanizeDuration" -> duration(value);
            default -> value == Math.rint(value) ? String.format(Locale.ROOT, "%.0f", value) : digits(value);
        };
    }

    private static String digits(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(value, FOUR_DIGITS).stripTrailingZeros().toPlainString()
                : Double.toString(value);
    }

    private static String duration(double seconds) {
        long whole = (long) seconds;
        if (whole < 60) {
            return digits(seconds) + "s";
        }
        long days = whole / SECONDS_A_DAY;
        long hours = whole / 3_600 % 24;
        long minutes = whole / 60 % 60;
        String tail = minutes + "m " + whole % 60 + "s";
        if (days > 0) {
            return days + "d " + hours + "h " + tail;
        }
        return hours > 0 ? hours + "h " + tail : tail;
    }
}
