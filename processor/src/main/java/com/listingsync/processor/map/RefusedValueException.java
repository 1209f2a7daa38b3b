package com.listingsync.processor.map;

/** A value that does not fit its column; ends the column's writing, not the record's. Carries no trace: it is data. */
final class RefusedValueException extends Exception {

    private static final long serialVersionUID = 1L;

    RefusedValueException(String expected) {
        super(expected, null, false, false);
    }

    /** What would have fitted, in words. */
    String expected() {
        return String.valueOf(getMessage());
    }
}
