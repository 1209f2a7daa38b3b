package com.listingsync.sink.follow;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Does what follows a record. Thread-safe. */
@FunctionalInterface
public interface Follower {

    /**
     * Begins it and returns at once. A record may come again after a crash or a rebalance, as long as it was not recorded.
     *
     * @return its end, with what could not be done, each of which becomes a dead letter; fails only by a defect, or because
     *     the service stops
     */
    CompletionStage<List<Unmet>> follow(ConsumerRecord<byte[], byte[]> change);

    /** Whether it is what a replayed dead letter of its topic waits for; of several followers of one topic only one is. */
    default boolean answersForReplays() {
        return false;
    }
}
