package com.listingsync.processor.topology;

/**
 * Thrown out of a processor: nothing is known of the record but its bytes, so that {@link PoisonRecordHandler} keeps them as a dead
 * letter and the topic goes on. Nothing has been done with the record yet.
 */
final class UnreadableSourceException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String code;

    /** @param message one sentence that says what can't be read, without a payload */
    UnreadableSourceException(String code, String message) {
        super(message);
        this.code = code;
    }

    /** The dead letter's code. */
    String code() {
        return code;
    }
}
