package com.listingsync.embedded.upstream;

import java.io.IOException;

/** What answers a server's requests, on several threads at once. */
@FunctionalInterface
public interface Endpoint {
    /**
     * The answer to one request.
     *
     * @throws IOException answered as a 500, whose cause is logged
     */
    Reply answer(Request request) throws IOException;
}
