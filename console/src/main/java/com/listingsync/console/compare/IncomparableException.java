package com.listingsync.console.compare;

/** Two tables whose rows can't be brought together. Its message says why and what to do; the other tables are compared all the same. */
final class IncomparableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    IncomparableException(String words) {
        super(words);
    }
}
