package com.listingsync.sink.consume;

import com.listingsync.common.run.Outcome;
import com.listingsync.common.run.Tally;
import com.listingsync.common.topic.Topics;
import com.listingsync.common.wire.ListingPartitioner;
import com.listingsync.sink.batch.Account;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/** How the counts of a round are written down, in the transaction of its offsets. Called on the loop's thread. */
public interface Entries {

    /**
     * What a round has come to.
     *
     * @param read records that it read, those passed by included
     * @param next where its partitions go on, by number
     * @param tallies what became of the others, by account
     */
    record Counted(long read, Map<Integer, Long> next, Map<Account, Tally> tallies) {
        public Counted {
            next = Map.copyOf(next);
            tallies = Map.copyOf(tallies);
        }
    }

    /** The records that tell of a round; asked again with the same counts when a transaction is repeated. */
    List<ProducerRecord<byte[], byte[]>> of(Counted round);

    /** The round that was asked about last is recorded for good. */
    default void recorded(Counted round) {}

    /** The books of the runs that fetched the rows. */
    static Entries ofRuns(Topics topics, Clock clock) {
        return round -> round.tallies().entrySet().stream()
                .map(counted -> {
                    byte[] run = counted.getKey().run().getBytes(StandardCharsets.UTF_8);
                    Outcome outcome = new Outcome.Counted(counted.getKey().feed(), counted.getValue(), clock.millis());
                    return new ProducerRecord<>(
                            topics.outcomes().name(),
                            ListingPartitioner.partition(run, topics.partitions()),
                            run,
                            outcome.bytes());
                })
                .toList();
    }
}
