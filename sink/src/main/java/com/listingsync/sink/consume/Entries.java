package com.listingsync.sink.consume;

import com.listingsync.common.deadletter.Fate;
import com.listingsync.common.deadletter.ReplayMark;
import com.listingsync.common.run.Outcome;
import com.listingsync.common.run.Tally;
import com.listingsync.common.topic.TopicSpec;
import com.listingsync.common.topic.Topics;
import com.listingsync.common.wire.ListingPartitioner;
import com.listingsync.sink.batch.Account;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** The books of the runs that fetched the rows, and the fates of dead letters that were replayed. */
    static Entries ofRuns(Topics topics, Clock clock) {
        return round -> round.tallies().entrySet().stream()
                .map(counted -> ofRun(topics, counted.getKey(), counted.getValue(), clock.millis()))
                .toList();
    }

    /** What is counted of an account: an outcome of its run, or the fate of the dead letter that a replay's mark names. */
    private static ProducerRecord<byte[], byte[]> ofRun(Topics topics, Account account, Tally tally, long now) {
        Optional<ReplayMark> mark = ReplayMark.of(account.run());
        if (mark.isPresent()) {
            Fate fate = new Fate.Became(mark.get().letter(), mark.get().attempt(), tally, now);
            return partitioned(topics, topics.fates(), fate.key(), fate.bytes());
        }
        byte[] run = account.run().getBytes(StandardCharsets.UTF_8);
        byte[] outcome = new Outcome.Counted(account.feed(), tally, now).bytes();
        return partitioned(topics, topics.outcomes(), run, outcome);
    }

    private static ProducerRecord<byte[], byte[]> partitioned(
            Topics topics, TopicSpec topic, byte[] key, byte[] value) {
        return new ProducerRecord<>(topic.name(), ListingPartitioner.partition(key, topics.partitions()), key, value);
    }
}
