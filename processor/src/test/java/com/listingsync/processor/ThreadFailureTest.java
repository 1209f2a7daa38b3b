package com.listingsync.processor;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class ThreadFailureTest {

    @Test
    void aKafkaOutOfReachPasses() {
        assertThat(ThreadFailure.passing(new StreamsException("commit", new TimeoutException("no answer"))))
                .contains("no answer");
    }

    @Test
    void aTransactionThatTheBrokerHasRolledBackPasses() {
        assertThat(ThreadFailure.passing(
                        new StreamsException("commit", new InvalidTxnStateException("in an invalid state"))))
                .contains("in an invalid state");
    }

    @Test
    void anythingElseEndsTheProcessor() {
        assertThat(ThreadFailure.passing(new StreamsException("mapping", new IllegalStateException("a defect"))))
                .isEmpty();
        assertThat(ThreadFailure.passing(new ProducerFencedException("another has its id")))
                .isEmpty();
    }
}
