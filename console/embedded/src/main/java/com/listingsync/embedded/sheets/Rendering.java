package com.listingsync.embedded.sheets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.listingsync.embedded.world.Cell;
import com.listingsync.embedded.world.SheetRow;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * How cells are written: as people see them, as values, or as formulas; dates as serial days or as text. The sheet's
 * locale is en_CA.
 */
record Rendering(Values values, Dates dates) {
    /** {@code valueRenderOption}. */
    enum Values {
        FORMATTED_VALUE,
        UNFORMATTED_VALUE,
        FORMULA
    }

    /** {@code dateTimeRenderOption}; without effect on formatted values. */
    enum Dates {
        SERIAL_NUMBER,
        FORMATTED_STRING
    }

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** Day 0 of spreadsheets. */
    private static final LocalDate DAY_ZERO = LocalDate.of(1899, 12, 30);

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT);
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd H:mm:ss", Locale.ROOT);

    /** @param rowIndex of the row in the tab, from 0 */
    JsonNode cell(SheetRow row, int rowIndex, int column) {
        return row.cell(column)
                .fold(
                        blank -> JSON.textNode(""),
                        text -> JSON.textNode(text.text()),
                        this::amount,
                        flag -> formatted()
                                ? JSON.textNode(flag.checked() ? "TRUE" : "FALSE")
                                : JSON.booleanNode(flag.checked()),
                        this::day,
                        this::moment,
                        product -> product(product, row, rowIndex));
    }

    private boolean formatted() {
        return values == Values.FORMATTED_VALUE;
    }

    private JsonNode amount(Cell.Amount amount) {
        return formatted() ? JSON.textNode(shown(amount.number(), amount.format())) : number(amount.number());
    }

    private JsonNode day(Cell.Day day) {
        if (formatted() || dates == Dates.FORMATTED_STRING) {
            return JSON.textNode(DAY.format(day.date()));
        }
        return JSON.numberNode(ChronoUnit.DAYS.between(DAY_ZERO, day.date()));
    }

    private JsonNode moment(Cell.Moment moment) {
        if (formatted() || dates == Dates.FORMATTED_STRING) {
            return JSON.textNode(MOMENT.format(moment.time()));
        }
        return JSON.numberNode(serial(moment.time()));
    }

    private JsonNode product(Cell.Product product, SheetRow row, int rowIndex) {
        if (values == Values.FORMULA) {
            int number = rowIndex + 1;
            return JSON.textNode(
                    "=" + A1Range.letters(product.left()) + number + '*' + A1Range.letters(product.right()) + number);
        }
        BigDecimal result = factor(row.cell(product.left())).multiply(factor(row.cell(product.right())));
        return formatted() ? JSON.textNode(shown(result, Cell.Format.DOLLARS)) : number(result);
    }

    /** A cell without a number counts as 0, as in a spreadsheet. */
    private static BigDecimal factor(Cell cell) {
        return cell instanceof Cell.Amount amount ? amount.number() : BigDecimal.ZERO;
    }

    private static double serial(LocalDateTime time) {
        long days = ChronoUnit.DAYS.between(DAY_ZERO, time.toLocalDate());
        return days + time.toLocalTime().toSecondOfDay() / 86_400.0;
    }

    private static JsonNode number(BigDecimal number) {
        BigDecimal plain = number.stripTrailingZeros();
        return plain.scale() <= 0 ? JSON.numberNode(plain.longValueExact()) : JSON.numberNode(plain.doubleValue());
    }

    private static String shown(BigDecimal number, Cell.Format format) {
        DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(Locale.ROOT);
        return switch (format) {
            case PLAIN -> number.stripTrailingZeros().toPlainString();
            case DOLLARS ->
                new DecimalFormat(whole(number) ? "$#,##0" : "$#,##0.00", symbols)
                        .format(number.setScale(2, RoundingMode.HALF_UP));
            case PERCENT -> new DecimalFormat("0.00%", symbols).format(number);
        };
    }

    private static boolean whole(BigDecimal number) {
        return number.stripTrailingZeros().scale() <= 0;
    }
}
