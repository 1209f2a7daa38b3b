package com.listingsync.producer.sheet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The header row of a tab: a field name per column. Blank headers have none and do not end the row; of equal ones, the
 * second is numbered {@code Price (2)}; any script is kept. Immutable and pure.
 *
 * @param fields field name by column; empty for a column without one
 */
record Headers(List<String> fields) {

    Headers {
        fields = List.copyOf(fields);
    }

    static Headers of(List<Object> row) {
        List<String> fields = new ArrayList<>();
        Map<String, Integer> used = new HashMap<>();
        for (Object cell : row) {
            String name = CellValue.text(cell).strip().replaceAll("\\s+", " ");
            int number = name.isEmpty() ? 1 : used.merge(name, 1, Integer::sum);
            fields.add(number > 1 ? name + " (" + number + ")" : name);
        }
        return new Headers(fields);
    }

    /** The column of the first of these headers that is there; compared by letters and digits alone, in any case. */
    OptionalInt column(List<String> names) {
        for (String name : names) {
            for (int i = 0; i < fields.size(); i++) {
                if (!fields.get(i).isEmpty() && normal(fields.get(i)).equals(normal(name))) {
                    return OptionalInt.of(i);
                }
            }
        }
        return OptionalInt.empty();
    }

    private static String normal(String name) {
        String letters = name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}#]", "");
        return letters.isEmpty() ? name : letters;
    }
}
