package com.listingsync.common.mapping;

import java.util.List;
import java.util.function.Function;

/** Where a column's value comes from. */
public sealed interface ColumnSource {

    /** Calls the function made for this case. */
    <T> T fold(
            Function<Fields, T> fields,
            Function<Constant, T> constant,
            Function<Concat, T> concat,
            Function<Computed, T> computed);

    /**
     * A field of the record.
     *
     * @param names the field's name and its aliases; the first that the record has and that is not null counts
     */
    record Fields(List<String> names) implements ColumnSource {
        public Fields {
            names = List.copyOf(names);
        }

        @Override
        public <T> T fold(
                Function<Fields, T> fields,
                Function<Constant, T> constant,
                Function<Concat, T> concat,
                Function<Computed, T> computed) {
            return fields.apply(this);
        }
    }

    /**
     * The same text for every row.
     *
     * @param text read as the column's type
     */
    record Constant(String text) implements ColumnSource {
        @Override
        public <T> T fold(
                Function<Fields, T> fields,
                Function<Constant, T> constant,
                Function<Concat, T> concat,
                Function<Computed, T> computed) {
            return constant.apply(this);
        }
    }

    /**
     * Several fields joined to one text; null and blank ones are left out, and null results when all are.
     *
     * @param names the fields in order
     * @param separator what stands between two
     */
    record Concat(List<String> names, String separator) implements ColumnSource {
        public Concat {
            names = List.copyOf(names);
        }

        @Override
        public <T> T fold(
                Function<Fields, T> fields,
                Function<Constant, T> constant,
                Function<Concat, T> concat,
                Function<Computed, T> computed) {
            return concat.apply(this);
        }
    }

    /**
     * A value that the processor decides.
     *
     * @param name which; see {@link Computation}
     */
    record Computed(Computation name) implements ColumnSource {
        @Override
        public <T> T fold(
                Function<Fields, T> fields,
                Function<Constant, T> constant,
                Function<Concat, T> concat,
                Function<Computed, T> computed) {
            return computed.apply(this);
        }
    }
}
