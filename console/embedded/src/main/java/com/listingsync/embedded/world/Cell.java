package com.listingsync.embedded.world;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.function.Function;

/** What a person put into a cell of the spreadsheet. Immutable. */
public sealed interface Cell {
    /** Nothing. */
    record Blank() implements Cell {
        public static final Blank CELL = new Blank();
    }

    record Text(String text) implements Cell {}

    /** A number, shown in its format. */
    record Amount(BigDecimal number, Format format) implements Cell {}

    /** A checkbox. */
    record Flag(boolean checked) implements Cell {}

    /** A date, which the spreadsheet keeps as serial days. */
    record Day(LocalDate date) implements Cell {}

    /** A date and time in the spreadsheet's own time zone. */
    record Moment(LocalDateTime time) implements Cell {}

    /** A formula that multiplies two columns of its row, counted from 0. */
    record Product(int left, int right) implements Cell {}

    /** How a number is shown. */
    enum Format {
        PLAIN,
        DOLLARS,
        PERCENT
    }

    /** The one place that tells kinds of cell apart. */
    default <T> T fold(
            Function<Blank, T> blank,
            Function<Text, T> text,
            Function<Amount, T> amount,
            Function<Flag, T> flag,
            Function<Day, T> day,
            Function<Moment, T> moment,
            Function<Product, T> product) {
        if (this instanceof Text x) {
            return text.apply(x);
        } else if (this instanceof Amount x) {
            return amount.apply(x);
        } else if (this instanceof Flag x) {
            return flag.apply(x);
        } else if (this instanceof Day x) {
            return day.apply(x);
        } else if (this instanceof Moment x) {
            return moment.apply(x);
        } else if (this instanceof Product x) {
            return product.apply(x);
        }
        return blank.apply(Blank.CELL);
    }
}
