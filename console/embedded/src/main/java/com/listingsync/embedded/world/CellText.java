package com.listingsync.embedded.world;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;

/** A cell as one line of the journal, such as {@code number DOLLARS 899000}, and back. */
final class CellText {
    private CellText() {}

    static String write(Cell cell) {
        return cell.fold(
                blank -> "blank",
                text -> "text " + text.text(),
                amount -> "number " + amount.format() + ' ' + amount.number(),
                flag -> "flag " + flag.checked(),
                day -> "day " + day.date(),
                moment -> "moment " + moment.time(),
                product -> "product " + product.left() + ' ' + product.right());
    }

    static Cell read(String line) {
        int space = line.indexOf(' ');
        String kind = space < 0 ? line : line.substring(0, space);
        String rest = space < 0 ? "" : line.substring(space + 1);
        return switch (kind) {
            case "blank" -> Cell.Blank.CELL;
            case "text" -> new Cell.Text(rest);
            case "number" -> {
                String[] parts = rest.split(" ", 2);
                yield new Cell.Amount(new BigDecimal(parts[1]), Cell.Format.valueOf(parts[0]));
            }
            case "flag" -> new Cell.Flag(Boolean.parseBoolean(rest));
            case "day" -> new Cell.Day(LocalDate.parse(rest));
            case "moment" -> new Cell.Moment(LocalDateTime.parse(rest));
            case "product" -> {
                String[] parts = rest.split(" ", 2);
                yield new Cell.Product(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
            }
            default -> throw new IllegalArgumentException("A cell is text, number, flag …, not " + kind);
        };
    }

    /** The cell for a plain value: String, Number, Boolean, LocalDate, LocalDateTime or Cell. */
    static Cell of(Object value) {
        if (value instanceof Cell cell) {
            return cell;
        } else if (value instanceof String text) {
            return text.isEmpty() ? Cell.Blank.CELL : new Cell.Text(text);
        } else if (value instanceof Number number) {
            return new Cell.Amount(new BigDecimal(number.toString()), Cell.Format.PLAIN);
        } else if (value instanceof Boolean checked) {
            return new Cell.Flag(checked);
        } else if (value instanceof LocalDate date) {
            return new Cell.Day(date);
        } else if (value instanceof LocalDateTime time) {
            return new Cell.Moment(time);
        }
        throw new IllegalArgumentException("A cell takes a String, Number, Boolean, LocalDate or LocalDateTime, not a "
                + value.getClass().getName());
    }
}
