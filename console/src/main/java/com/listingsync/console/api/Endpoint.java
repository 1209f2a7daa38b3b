package com.listingsync.console.api;

import com.listingsync.console.http.Reply;

/** What follows from a call of one operation. Thread-safe. */
@FunctionalInterface
interface Endpoint {

    /**
     * Answers.
     *
     * @throws com.listingsync.console.http.Problem when the call can't be followed
     */
    Reply answer(ApiCall call) throws InterruptedException;
}
