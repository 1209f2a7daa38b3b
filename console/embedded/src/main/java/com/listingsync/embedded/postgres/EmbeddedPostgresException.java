package com.listingsync.embedded.postgres;

/** A reason, in one sentence for a person, why PostgreSQL cannot be started or changed on the folder or port asked for. */
public final class EmbeddedPostgresException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EmbeddedPostgresException(String sentence) {
        super(sentence);
    }

    EmbeddedPostgresException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
