package com.listingsync.producer.sheet;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a cell of a spreadsheet holds: text, a number, a truth value or nothing. Pure. */
final class CellValue {

    /**
     * What a cell whose formula fails shows, also as its unformatted value (Google's ErrorType, and {@code Loading...} of an
     * import that is not there yet).
     */
    private static final Set<String> FORMULA_ERRORS = Set.of(
            "#REF!", "#N/A", "#DIV/0!", "#NAME?", "#VALUE!", "#NUM!", "#NULL!", "#ERROR!", "#SPILL!", "Loading...");

    private CellValue() {}

    static boolean isBlank(@Nullable Object cell) {
        return cell == null || (cell instanceof String text && text.isBlank());
    }

    static boolean isFormulaError(@Nullable Object cell) {
        return cell instanceof String text && FORMULA_ERRORS.contains(text);
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

    static BigDecimal decimal(Number number) {
        return number instanceof BigDecimal decimal ? decimal : new BigDecimal(number.toString());
    }

    private static String plain(Number number) {
        BigDecimal decimal = decimal(number);
        return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
    }
}
