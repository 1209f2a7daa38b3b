package com.listingsync.sink.follow;

import com.listingsync.common.meter.Commits;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.topic.Topics;
import com.listingsync.sink.consume.Identity;
import com.listingsync.sink.consume.KafkaClients;
import com.listingsync.sink.ledger.Transactions;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Puts a {@link FollowLoop} together. Stateless. */
public final class Following {

    private static final int POLL_RECORDS = 100;

    private Following() {}

    /**
     * A loop that is ready to run.
     *
     * @param kafka properties of Kafka clients; those that our guarantees depend on are put on top
     * @param identity who this instance is in its group
     * @param topics the topic catalogue
     * @param topic name of the topic to follow
     * @param beginning where a new group begins
     * @param held whether nothing new is to be followed just now
     */
    public static FollowLoop loop(
            Map<String, Object> kafka,
            Identity identity,
            Topics topics,
            String topic,
            Beginning beginning,
            Follower follower,
            BooleanSupplier held,
            Meters meters) {
        KafkaClients clients = new KafkaClients(kafka, identity);
        Transactions transactions = new Transactions(
                clients::producer, KafkaClients.TRANSACTION_TIMEOUT, new Commits(meters, Stage.SINK.wireName()));
        return new FollowLoop(
                clients.consumer(POLL_RECORDS),
                topic,
                beginning,
                follower,
                held,
                transactions,
                new FollowLedger(
                        transactions,
                        topics.deadLetters(Stage.SINK).name(),
                        follower.answersForReplays() ? Optional.of(topics.fates()) : Optional.empty(),
                        meters,
                        Clock.systemUTC()));
    }
}
