package com.listingsync.console.kafka;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;

/** What Kafka answers an admin client, waited for. Stateless. */
public final class Answers {

    private Answers() {}

    /**
     * The answer.
     *
     * @throws KafkaException when there is none, or a refusal
     */
    public static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            // Somebody wants this thread to end: nothing was changed by waiting.
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while waiting for Kafka's answer", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new KafkaException("Kafka did not answer", e.getCause());
        }
    }
}
