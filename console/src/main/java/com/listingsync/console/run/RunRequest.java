package com.listingsync.console.run;

import com.listingsync.common.command.SyncCommand;
import com.listingsync.common.run.FeedName;
import com.listingsync.common.run.Outcome;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.producer.connection.Connection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

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
     * A run over these connections, all feeds of each.
     *
     * @param run its id
     * @param trigger who or what asks; written down as the requester too
     * @param connections what to read, at least one
     * @param keys listing keys wanted; empty means everything that changed
     * @param force whether to ignore cursors and read everything
     */
    public static RunRequest over(
            String run, String trigger, List<Connection> connections, List<String> keys, boolean force) {
        return new RunRequest(
                run,
                trigger,
                connections.stream()
                        .flatMap(connection -> connection.feeds().stream())
                        .toList(),
                connections.stream()
                        .map(connection -> new SyncCommand(run, connection.name(), List.of(), keys, force, trigger))
                        .toList());
    }

    /**
     * Announces the run, then sends its commands; returns when Kafka has them all. The announcement is acknowledged first,
     * so that the run can't end before all its feeds are known.
     *
     * @param at when it was asked for, in milliseconds since 1970
     * @throws KafkaException when Kafka can't be reached or refuses
     */
    public void send(KafkaAccess access, long at) {
        try (Producer<byte[], byte[]> producer = access.producer()) {
            byte[] announcement = new Outcome.RunStarted(feeds, trigger, at).bytes();
            send(producer, access.topics().outcomes().name(), run, announcement);
            for (SyncCommand command : commands) {
                send(producer, access.topics().commands().name(), command.connection(), command.bytes());
            }
        }
    }

    private static void send(Producer<byte[], byte[]> producer, String topic, String key, byte[] value) {
        try {
            producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value))
                    .get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while asking for a run", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new KafkaException("the run could not be asked for", e.getCause());
        }
    }
}
