package com.listingsync.sink.consume;

import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.sink.batch.Books;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What became of a round, ready to be recorded.
 *
 * @param round the round
 * @param books its counts
 * @param deadLetters its refused records
 */
record RoundReport(Round round, Books books, List<Dead> deadLetters) {

    RoundReport {
        deadLetters = List.copyOf(deadLetters);
    }

    /** A refused record and why. */
    record Dead(ConsumerRecord<byte[], byte[]> original, DeadLetter why) {}
}
