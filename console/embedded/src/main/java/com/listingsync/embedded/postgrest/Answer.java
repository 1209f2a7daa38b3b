package com.listingsync.embedded.postgrest;

import java.util.Map;

/**
 * What goes back to the client. Immutable by convention: nobody changes the body.
 *
 * @param headers names and values; Content-Length, Date and Server are the HTTP layer's
 * @param body empty for none
 */
@SuppressWarnings("ArrayRecordComponent") // Hundreds of kilobytes, handed through and never compared.
record Answer(int status, Map<String, String> headers, byte[] body) {
    static final String JSON = "application/json; charset=utf-8";
    static final byte[] EMPTY = new byte[0];

    Answer {
        headers = Map.copyOf(headers);
    }

    Answer withoutBody() {
        return new Answer(status, headers, EMPTY);
    }
}
