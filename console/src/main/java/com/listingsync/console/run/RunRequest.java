package com.listingsync.console.run;

import com.listingsync.common.command.ConnectionCard;
import com.listingsync.common.command.ConnectionCard.FeedCard;
import com.listingsync.common.command.SyncCommand;
import com.listingsync.common.run.FeedName;
import com.listingsync.common.run.Outcome;
import com.listingsync.console.kafka.KafkaAccess;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * A run that somebody asks for. Immutable.
 *
 * @param run its id
 * @param trigger who or what asks, as in {@link Outcome.RunStarted}
 * @param feeds every feed it will read
 * @param commands what the producers are to do, one for each connection
 */
public record RunRequest(String run, String trigger, List<FeedName> feeds, List<SyncCommand> commands) {

    public RunRequest {
        feeds = List.copyOf(feeds);
        commands = List.copyOf(commands);
    }

    /**
     * A run over these connections, all feeds that their cards have.
     *
     * @param run its id
     * @param trigger who or what asks; written down as the requester too
     * @param connections what to read, at least one
     * @param keys listing keys wanted; empty means everything that changed
     * @param force whether to ignore cursors and read everything
     */
    public static RunRequest over(
            String run, String trigger, List<ConnectionCard> connections, List<String> keys, boolean force) {
        return over(run, trigger, connections, keys, force, SyncCommand.Sweep.NONE, null);
    }

    /**
     * As {@link #over(String, String, List, List, boolean)}.
     *
     * @param sweep whether to find out what is gone
     * @param pageSize records to ask an MLS for at a time; null for what its feeds are set to
     */
    public static RunRequest over(
            String run,
            String trigger,
            List<ConnectionCard> connections,
            List<String> keys,
            boolean force,
            SyncCommand.Sweep sweep,
            @Nullable Integer pageSize) {
        List<FeedName> feeds = new ArrayList<>();
        List<SyncCommand> commands = new ArrayList<>();
        for (ConnectionCard card : connections) {
            // Named one by one: a producer ends those that it does not have, and the run with them.
            List<String> names = card.feeds().stream().map(FeedCard::name).toList();
            names.forEach(name -> feeds.add(new FeedName(card.name(), name)));
            commands.add(new SyncCommand(run, card.name(), names, keys, force, sweep, pageSize, trigger));
        }
        return new RunRequest(run, trigger, feeds, commands);
    }

    /**
     * Announces the run and sends its commands, all or nothing; returns when Kafka has them. The announcement is written
     * first, so that the run can't end before all its feeds are known.
     *
     * @param at when it was asked for, in milliseconds since 1970
     * @throws KafkaException when Kafka can't be reached or refuses; nothing was asked for then
     */
    public void send(KafkaAccess access, long at) {
        try (Producer<byte[], byte[]> producer = access.transactional("request." + run)) {
            producer.initTransactions();
            producer.beginTransaction();
            byte[] announcement = new Outcome.RunStarted(feeds, trigger, at).bytes();
            send(producer, access.topics().outcomes().name(), run, announcement);
            for (SyncCommand command : commands) {
                send(producer, access.topics().commands().name(), command.connection(), command.bytes());
            }
            producer.commitTransaction();
        }
    }

    private static void send(Producer<byte[], byte[]> producer, String topic, String key, byte[] value) {
        // What can't be written fails the commit.
        Future<?> unused = producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value));
    }
}
