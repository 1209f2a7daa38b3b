package com.listingsync.producer.schedule;

import com.listingsync.common.command.SyncCommand;
import com.listingsync.common.health.Health;
import com.listingsync.common.wire.ControlKey;
import com.listingsync.common.wire.ListingPartitioner;
import com.listingsync.producer.connection.Connection;
import com.listingsync.producer.publish.KafkaAccess;
import com.listingsync.producer.source.ConnectionReader;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This producer's share of the connections: those whose name hashes to a partition of {@code sync.commands} that the
 * consumer group gave it. Runs them, and hands them the commands that arrive. Confined to the thread that calls {@link
 * #run()}, except {@link #stop()}.
 */
public final class Ownership implements ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(Ownership.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private interface OffsetCommit {
        void commit(Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable OffsetCommitCallback callback);
    }

    private final KafkaAccess kafka;
    private final List<Connection> connections;
    private final Function<Connection, ConnectionReader> readers;
    private final ScheduleSettings settings;
    private final Clock clock;
    private final RandomGenerator random;
    private final Map<String, Troubles> troubles = new ConcurrentHashMap<>();
    private final Map<String, ConnectionRunner> runners = new ConcurrentHashMap<>();
    private final CommandLedger ledger = new CommandLedger();
    private volatile @Nullable Consumer<byte[], byte[]> consumer;
    private volatile boolean assigned;
    private volatile boolean stopped;

    /**
     * Joins nothing before {@link #run()}.
     *
     * @param readers makes the reader of a connection
     */
    public Ownership(
            KafkaAccess kafka,
            List<Connection> connections,
            Function<Connection, ConnectionReader> readers,
            ScheduleSettings settings,
            Clock clock,
            RandomGenerator random) {
        this.kafka = kafka;
        this.connections = List.copyOf(connections);
        this.readers = readers;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
    }

    /** Adds a readiness check for the share itself and one per connection. */
    public void report(Health health) {
        health.readyWhen(
                "share",
                () -> assigned
                        ? Optional.empty()
                        : Optional.of("waiting for Kafka to give this producer its share of the connections"));
        for (Connection connection : connections) {
            Troubles of = troublesOf(connection.name());
            health.readyWhen("connection " + connection.name(), of::words);
        }
    }

    /** Works until {@link #stop()}. */
    public void run() {
        try (Consumer<byte[], byte[]> member = kafka.member()) {
            consumer = member;
            member.subscribe(List.of(kafka.topics().commands().name()), this);
            while (!stopped) {
                member.poll(POLL).forEach(this::take);
                commit(member::commitAsync);
            }
        } catch (WakeupException e) {
            // The way stop() ends a poll.
            LOG.atDebug().log("told to stop");
        } finally {
            stopRunners(List.copyOf(runners.keySet()));
        }
    }

    /** Ends {@link #run()}, from any thread. */
    public void stop() {
        stopped = true;
        Consumer<byte[], byte[]> member = consumer;
        if (member != null) {
            member.wakeup();
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        assigned = true;
        for (Connection connection : connections) {
            if (partitions.contains(partitionOf(connection.name()))) {
                runners.computeIfAbsent(connection.name(), name -> start(connection));
            }
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        stopRunners(runningOn(partitions));
        Consumer<byte[], byte[]> member = consumer;
        if (member != null) {
            commit((offsets, callback) -> member.commitSync(offsets));
        }
        partitions.forEach(ledger::drop);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        // Somebody else has them already; fencing keeps us from writing, so there is only to stop.
        stopRunners(runningOn(partitions));
        partitions.forEach(ledger::drop);
    }

    private ConnectionRunner start(Connection connection) {
        LOG.atInfo().addKeyValue("connection", connection.name()).log("connection taken over");
        ConnectionRunner runner = new ConnectionRunner(
                connection, () -> readers.apply(connection), settings, troublesOf(connection.name()), clock, random);
        runner.start();
        return runner;
    }

    private void stopRunners(Collection<String> names) {
        List<ConnectionRunner> stopping = names.stream().map(runners::remove).toList();
        stopping.forEach(ConnectionRunner::stop);
        stopping.forEach(ConnectionRunner::awaitStop);
        names.forEach(name -> {
            troublesOf(name).clear();
            LOG.atInfo().addKeyValue("connection", name).log("connection given up");
        });
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        ledger.took(partition, record.offset());
        Runnable done = () -> ledger.done(partition, record.offset());
        try {
            SyncCommand command = SyncCommand.of(record.value());
            ConnectionRunner runner = runners.get(command.connection());
            if (runner == null) {
                LOG.atWarn()
                        .addKeyValue("connection", command.connection())
                        .addKeyValue("run", command.run())
                        .log("a command names a connection that is not here; it is left alone");
                done.run();
            } else {
                runner.offer(command, done);
            }
        } catch (IllegalArgumentException e) {
            // Not a command: nobody waits for it, whoever wrote it sees the log.
            LOG.atWarn()
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .log("a record on the command topic is not a command; it is left alone");
            done.run();
        }
    }

    private void commit(OffsetCommit how) {
        Map<TopicPartition, OffsetAndMetadata> safe = ledger.takeSafe();
        if (safe.isEmpty()) {
            return;
        }
        try {
            how.commit(safe, null);
        } catch (KafkaException e) {
            // Commands done here come again to whoever has the partition, and are known to be done.
            LOG.atDebug().log("offsets of commands not committed");
        }
    }

    private List<String> runningOn(Collection<TopicPartition> partitions) {
        return runners.keySet().stream()
                .filter(name -> partitions.contains(partitionOf(name)))
                .toList();
    }

    private TopicPartition partitionOf(String connection) {
        byte[] key = ControlKey.of(connection);
        return new TopicPartition(
                kafka.topics().commands().name(),
                ListingPartitioner.partition(key, kafka.topics().partitions()));
    }

    private Troubles troublesOf(String connection) {
        return troubles.computeIfAbsent(connection, name -> new Troubles());
    }
}
