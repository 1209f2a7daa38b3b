package com.listingsync.embedded.sheets;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rectangle of a tab in A1 notation, such as {@code Listings!A2:F}, {@code 'Read me'} or {@code B:D}.
 *
 * @param firstRow counted from 0, like all four; both ends included
 */
record A1Range(Grid grid, int firstRow, int lastRow, int firstColumn, int lastColumn) {
    private static final Pattern CORNERS = Pattern.compile("([A-Za-z]{0,3})(\\d{0,7})(?::([A-Za-z]{0,3})(\\d{0,7}))?");

    /** @throws GoogleRefusal in Google's words when the tab is unknown, the notation is none, or it leaves the grid */
    static A1Range parse(String text, List<Grid> grids) throws GoogleRefusal {
        Optional<Grid> whole = grid(text, grids);
        if (whole.isPresent()) {
            return new A1Range(
                    whole.get(), 0, whole.get().rowCount() - 1, 0, whole.get().columnCount() - 1);
        }
        int mark = text.lastIndexOf('!');
        Grid grid =
                mark < 0 ? grids.get(0) : grid(text.substring(0, mark), grids).orElseThrow(() -> unparsable(text));
        Matcher corners = CORNERS.matcher(text.substring(mark + 1));
        if (!corners.matches() || text.substring(mark + 1).isEmpty()) {
            throw unparsable(text);
        }
        return corners(text, grid, corners);
    }

    private static A1Range corners(String text, Grid grid, Matcher corners) throws GoogleRefusal {
        boolean single = corners.group(3) == null && corners.group(4) == null;
        if (single && (corners.group(1).isEmpty() || corners.group(2).isEmpty())) {
            throw unparsable(text);
        }
        int firstColumn = column(corners.group(1), 0);
        int firstRow = row(corners.group(2), 0);
        int lastColumn = single ? firstColumn : column(corners.group(3), grid.columnCount() - 1);
        int lastRow = single ? firstRow : row(corners.group(4), grid.rowCount() - 1);
        if (Math.max(firstRow, lastRow) >= grid.rowCount() || Math.max(firstColumn, lastColumn) >= grid.columnCount()) {
            throw GoogleRefusal.invalid("Range (" + text + ") exceeds grid limits. Max rows: " + grid.rowCount()
                    + ", max columns: " + grid.columnCount());
        }
        return new A1Range(
                grid,
                Math.min(firstRow, lastRow),
                Math.max(firstRow, lastRow),
                Math.min(firstColumn, lastColumn),
                Math.max(firstColumn, lastColumn));
    }

    /** The range as Google writes it into answers, with both corners. */
    String text() {
        return quoted(grid.title())
                + '!'
                + letters(firstColumn)
                + (firstRow + 1)
                + ':'
                + letters(lastColumn)
                + (lastRow + 1);
    }

    static String letters(int column) {
        StringBuilder letters = new StringBuilder();
        for (int rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
            letters.insert(0, (char) ('A' + (rest - 1) % 26));
        }
        return letters.toString();
    }

    private static Optional<Grid> grid(String name, List<Grid> grids) {
        return grids.stream()
                .filter(grid -> name.equals(grid.title())
                        || name.equals('\'' + grid.title().replace("'", "''") + '\''))
                .findFirst();
    }

    private static String quoted(String title) {
        return title.chars().allMatch(Character::isLetterOrDigit) ? title : '\'' + title.replace("'", "''") + '\'';
    }

    private static int column(String letters, int otherwise) {
        if (letters == null || letters.isEmpty()) {
            return otherwise;
        }
        int column = 0;
        for (char letter : letters.toUpperCase(Locale.ROOT).toCharArray()) {
            column = column * 26 + letter - 'A' + 1;
        }
        return column - 1;
    }

    private static int row(String digits, int otherwise) throws GoogleRefusal {
        if (digits == null || digits.isEmpty()) {
            return otherwise;
        }
        int row = Integer.parseInt(digits);
        if (row == 0) {
            throw unparsable(digits);
        }
        return row - 1;
    }

    private static GoogleRefusal unparsable(String text) {
        return GoogleRefusal.invalid("Unable to parse range: " + text);
    }
}
