package com.listingsync.sink.notify;

import com.listingsync.sink.owner.Subscription;
import java.util.Objects;

/**
 * Somebody who is told of things.
 *
 * @param name for threads, logs and health: an owner's, or {@link #DEPLOYMENT}
 * @param subscription what they want to be told, and how
 */
record Subscriber(String name, Subscription subscription) {

    /** Whoever runs Listing Sync: told of every failed run. */
    static final String DEPLOYMENT = "deployment";

    Subscriber {
        Objects.requireNonNull(subscription, "subscription");
    }
}
