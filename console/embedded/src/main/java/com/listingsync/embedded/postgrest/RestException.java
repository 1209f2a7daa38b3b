package com.listingsync.embedded.postgrest;

/** A refusal on its way to the client: thrown where it is found, answered in {@link RestService}. */
final class RestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient RestError error;

    RestException(RestError error) {
        super(error.code() + ": " + error.message(), null, false, false);
        this.error = error;
    }

    RestError error() {
        return error;
    }
}
