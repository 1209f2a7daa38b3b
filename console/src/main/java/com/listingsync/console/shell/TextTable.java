package com.listingsync.console.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A table of aligned columns for people; columns whose cells are all numbers are aligned to the right. Confined to one
 * thread.
 */
public final class TextTable {

    private static final String GAP = "  ";
    private static final Pattern NUMBER = Pattern.compile("-?[\\d,.]+( ?[%s])?|-|");

    private final List<String> headings;
    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(String... headings) {
        this.headings = List.of(headings);
    }

    /** Adds a row with a cell for each heading. */
    public void row(List<String> cells) {
        if (cells.size() != headings.size()) {
            throw new IllegalArgumentException("expected " + headings.size() + " cells, found " + cells.size());
        }
        rows.add(cells.stream().map(Printable::line).toList());
    }

    /** Whether it has no rows. */
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The headings and the rows, a line each, without trailing blanks. */
    public List<String> lines() {
        return lines(Paint.NONE);
    }

    /** As {@link #lines()}, with the headings painted; cells may be painted too. */
    public List<String> lines(Paint paint) {
        int[] widths = new int[headings.size()];
        boolean[] right = new boolean[headings.size()];
        Arrays.fill(right, true);
        for (int column = 0; column < widths.length; column++) {
            widths[column] = headings.get(column).length();
            for (List<String> row : rows) {
                widths[column] = Math.max(widths[column], Paint.width(row.get(column)));
                right[column] &= NUMBER.matcher(Paint.plain(row.get(column))).matches();
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add(paint.strong(line(headings, widths, right)));
        rows.forEach(row -> lines.add(line(row, widths, right)));
        return lines;
    }

    private static String line(List<String> cells, int[] widths, boolean[] right) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            String padding = " ".repeat(widths[column] - Paint.width(cell));
            line.append(column == 0 ? "" : GAP).append(right[column] ? padding + cell : cell + padding);
        }
        return line.toString().stripTrailing();
    }
}
