package com.listingsync.sink.ledger;

import java.time.Duration;
import org.apache.kafka.common.KafkaException;

/** A transaction took longer than the broker allows, and is not there: this process stood still, or the broker did. */
public final class RolledBackException extends KafkaException {

    private static final long serialVersionUID = 1L;

    RolledBackException(Duration took, Duration allowed, Throwable cause) {
        super(
                "expected the transaction to take less than " + allowed.toMillis() + " ms, but it took "
                        + took.toMillis() + ": the broker has rolled it back",
                cause);
    }
}
