package com.listingsync.processor.map;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Reads numbers as feeds and people write them, without losing a digit. */
final class Numbers {

    /** {@code $1,250,000.00}: groups of exactly three digits, so that a decimal comma is never taken for a group. */
    private static final Pattern GROUPED = Pattern.compile("-?[$€£]? ?\\d{1,3}(,\\d{3})+(\\.\\d+)?");

    private static final Pattern WITH_CURRENCY = Pattern.compile("-?[$€£] ?\\d+(\\.\\d+)?");

    /** Longer ones, or ones with a larger exponent, are no price, size or coordinate but an attack on memory. */
    private static final int MAX_DIGITS = 100;

    private Numbers() {}

    /**
     * The number as JSON writes it, without exponent.
     *
     * @throws RefusedValueException when the value is not a number
     */
    static String decimal(FieldValue value) throws RefusedValueException {
        String text = value.text();
        if (value.kind() == FieldValue.Kind.NUMBER && isPlain(text)) {
            return text;
        }
        return parse(value, "a number").toPlainString();
    }

    /**
     * The whole number as JSON writes it; {@code 12.0} is 12.
     *
     * @throws RefusedValueException when the value is not a whole number of 64 bits
     */
    static String integer(FieldValue value) throws RefusedValueException {
        BigDecimal number = parse(value, "a whole number");
        try {
            return Long.toString(number.longValueExact());
        } catch (ArithmeticException e) {
            // It has a fraction or is too large: the column can't hold it.
            throw new RefusedValueException("a whole number");
        }
    }

    private static BigDecimal parse(FieldValue value, String expected) throws RefusedValueException {
        if (value.kind() != FieldValue.Kind.NUMBER && value.kind() != FieldValue.Kind.STRING) {
            throw new RefusedValueException(expected);
        }
        String text = value.text().strip();
        if (value.kind() == FieldValue.Kind.STRING
                && (GROUPED.matcher(text).matches()
                        || WITH_CURRENCY.matcher(text).matches())) {
            text = text.replaceAll("[,$€£ ]", "");
        }
        try {
            BigDecimal number = new BigDecimal(text);
            if (number.precision() > MAX_DIGITS || Math.abs((long) number.scale()) > MAX_DIGITS) {
                throw new RefusedValueException(expected + " of at most " + MAX_DIGITS + " digits");
            }
            return number;
        } catch (NumberFormatException e) {
            // Words where a number should be, such as "Contact agent": the caller names the column.
            throw new RefusedValueException(expected);
        }
    }

    private static boolean isPlain(String text) {
        return text.length() <= MAX_DIGITS && text.indexOf('e') < 0 && text.indexOf('E') < 0;
    }
}
