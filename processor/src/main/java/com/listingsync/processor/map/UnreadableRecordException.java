package com.listingsync.processor.map;

/** A payload that is not one JSON object. Its message says where and never repeats what stands there. */
public final class UnreadableRecordException extends Exception {

    private static final long serialVersionUID = 1L;

    UnreadableRecordException(String message) {
        super(message, null, false, false);
    }
}
