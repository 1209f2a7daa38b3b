package com.listingsync.processor.map;

import java.util.List;
import java.util.function.Function;

/** What mapping a record came to. */
public sealed interface MapOutcome {

    /** Calls the function made for this case. */
    <T> T fold(Function<Rows, T> rows, Function<Refused, T> refused);

    /**
     * It fits; the rows go on.
     *
     * @param rows the principal table's row first; tables whose conditions keep the record out are missing
     */
    record Rows(List<MappedRow> rows) implements MapOutcome {
        public Rows {
            rows = List.copyOf(rows);
        }

        @Override
        public <T> T fold(Function<Rows, T> whenRows, Function<Refused, T> whenRefused) {
            return whenRows.apply(this);
        }
    }

    /**
     * A value does not fit; the record becomes a dead letter.
     *
     * @param code {@code bad-value} or {@code missing-required}
     * @param column the column at fault
     * @param message one sentence without any value of the record
     */
    record Refused(String code, String column, String message) implements MapOutcome {
        @Override
        public <T> T fold(Function<Rows, T> whenRows, Function<Refused, T> whenRefused) {
            return whenRefused.apply(this);
        }
    }
}
