package com.listingsync.producer.sheet;

import com.listingsync.producer.connection.SheetColumns;
import com.listingsync.producer.connection.SheetTab;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where the headers of a tab stand. Immutable and pure.
 *
 * @param index of the row, from 0
 * @param headers what stands in it
 * @param key column of the property number
 */
record HeaderRow(int index, Headers headers, int key) {

    /** Titles above the headers are a few rows; further down, a key header would be data. */
    private static final int SEARCHED = 20;

    /** Why a tab has no header row that can be used, in words that follow the tab's title. */
    static final class MissingException extends Exception {

        private static final long serialVersionUID = 1L;

        MissingException(String words) {
            super(words);
        }
    }

    /**
     * The header row of a tab: the one that is said, else the first in which a key header stands.
     *
     * @throws MissingException when there is none
     */
    static HeaderRow of(SheetTab tab, List<List<Object>> cells) throws MissingException {
        OptionalInt said = tab.headerRow();
        if (cells.size() < said.orElse(1)) {
            throw new MissingException("is empty: expected headers in row " + said.orElse(1));
        }
        SheetColumns columns = tab.columns();
        OptionalInt found = said.isPresent()
                ? OptionalInt.of(said.getAsInt() - 1).stream()
                        .filter(row -> hasKey(cells.get(row), columns))
                        .findFirst()
                : searched(cells).filter(row -> hasKey(cells.get(row), columns)).findFirst();
        int index = found.orElseThrow(() -> new MissingException(missing(tab, cells)));
        Headers headers = Headers.of(cells.get(index));
        return new HeaderRow(index, headers, headers.column(columns.key()).orElseThrow());
    }

    private static String missing(SheetTab tab, List<List<Object>> cells) {
        SheetColumns columns = tab.columns();
        String words = "has no column for the property number: expected one of the headers "
                + String.join(", ", columns.key())
                + tab.headerRow().stream()
                        .mapToObj(row -> " in row " + row)
                        .findFirst()
                        .orElse(" in one of its first " + SEARCHED + " rows");
        OptionalInt withKey =
                searched(cells).filter(row -> hasKey(cells.get(row), columns)).findFirst();
        if (withKey.isPresent()) {
            return words + "; row " + (withKey.getAsInt() + 1) + " looks like the header row: mend header_row";
        }
        OptionalInt likely =
                searched(cells).filter(row -> hasAny(cells.get(row), columns)).findFirst();
        OptionalInt texts =
                searched(cells).filter(row -> isAllTexts(cells.get(row))).findFirst();
        OptionalInt likeliest = likely.isPresent() ? likely : texts;
        return likeliest.isPresent()
                ? words + "; row " + (likeliest.getAsInt() + 1)
                        + " looks like the header row, without that header: was it renamed?"
                : words;
    }

    private static IntStream searched(List<List<Object>> cells) {
        return IntStream.range(0, Math.min(SEARCHED, cells.size()));
    }

    private static boolean hasKey(List<Object> row, SheetColumns columns) {
        return Headers.of(row).column(columns.key()).isPresent();
    }

    private static boolean hasAny(List<Object> row, SheetColumns columns) {
        List<String> known = Stream.of(
                        columns.link(),
                        columns.dates(),
                        columns.times(),
                        List.copyOf(columns.aliases().keySet()))
                .flatMap(List::stream)
                .toList();
        return Headers.of(row).column(known).isPresent();
    }

    private static boolean isAllTexts(List<Object> row) {
        List<Object> filled = row.stream()
                .filter(cell -> !CellValue.isBlank(cell))
                .map(Objects::requireNonNull)
                .toList();
        return filled.size() > 1 && filled.stream().allMatch(String.class::isInstance);
    }
}
