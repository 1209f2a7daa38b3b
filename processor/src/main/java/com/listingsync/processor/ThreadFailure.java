package com.listingsync.processor;

import java.util.Optional;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.RetriableException;

/** Why a stream thread has failed. Pure. */
final class ThreadFailure {

    private ThreadFailure() {}

    /**
     * What passes by itself: Kafka was out of reach for longer than its clients retry, or this instance stood still for longer than its
     * transaction may take, and the broker has rolled it back. A new thread does again what the failed one's transaction held.
     *
     * <p>A broker that has rolled back refuses the commit as one in an invalid state (KIP-890), which Streams takes for fatal.
     *
     * @return the words of what passes; empty when nobody knows that it does
     */
    static Optional<String> passing(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RetriableException || cause instanceof InvalidTxnStateException) {
                return Optional.of(String.valueOf(cause.getMessage()));
            }
        }
        return Optional.empty();
    }
}
