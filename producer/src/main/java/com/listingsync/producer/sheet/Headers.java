package com.listingsync.producer.sheet;

import com.listingsync.producer.connection.SheetColumns;
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

    /**
     * These headers with every column under the field that its aliases give it, and without the ignored ones. A column that
     * is not the best of its field's aliases keeps its own name, numbered if that is the field's.
     */
    Headers named(SheetColumns columns) {
        List<String> named = new ArrayList<>(fields);
        columns.aliases().forEach((field, aliases) -> {
            List<String> names = new ArrayList<>(List.of(field));
            names.addAll(aliases);
            column(names).ifPresent(best -> {
                int taken = named.indexOf(field);
                if (taken >= 0 && taken != best) {
                    named.set(taken, field + " (2)");
                }
                named.set(best, field);
            });
        });
        for (String header : columns.ignored()) {
            for (int column = 0; column < fields.size(); column++) {
                if (is(column, header)) {
                    named.set(column, "");
                }
            }
        }
        return new Headers(named);
    }

    /** The column of the first of these headers that is there; compared by letters and digits alone, in any case. */
    OptionalInt column(List<String> names) {
        for (String name : names) {
            for (int column = 0; column < fields.size(); column++) {
                if (is(column, name)) {
                    return OptionalInt.of(column);
                }
            }
        }
        return OptionalInt.empty();
    }

    private boolean is(int column, String name) {
        String field = fields.get(column);
        return !field.isEmpty() && normal(field).equals(normal(name));
    }

    private static String normal(String name) {
        String letters = name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}#]", "");
        return letters.isEmpty() ? name : letters;
    }
}
