package com.listingsync.producer.schedule;

import com.listingsync.common.command.SyncCommand;
import com.listingsync.common.health.Health;
import com.listingsync.common.run.Outcome;
import com.listingsync.common.signal.SignalFollower;
import com.listingsync.common.wire.ControlKey;
import com.listingsync.common.wire.ListingPartitioner;
import com.listingsync.producer.connection.Connection;
import com.listingsync.producer.publish.Announcements;
import com.listingsync.producer.publish.KafkaAccess;
import com.listingsync.producer.source.ConnectionReader;
import com.listingsync.producer.source.SourceMeters;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
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
public final class Ownership implements ConsumerRebalanceListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Ownership.class);
    private static final Duration POLL = Duration.ofMillis(200);

    /** So often the runs are told which feeds are in hand here; after several times this without a word they are given up. */
    private static final Duration TELL = Duration.ofSeconds(5);

    private interface OffsetCommit {
        void commit(Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable OffsetCommitCallback callback);
    }

    private final KafkaAccess kafka;
    private final List<Connection> connections;
    private final Function<Connection, ConnectionReader> readers;
    private final ConnectionRunner.Means means;
    private final ConnectionCatalogue catalogue;
    private final Map<String, Troubles> troubles = new ConcurrentHashMap<>();
    private final Map<String, ConnectionRunner> runners = new ConcurrentHashMap<>();
    private final CommandLedger ledger = new CommandLedger();
    private volatile @Nullable Consumer<byte[], byte[]> consumer;
    private long toldAtNanos = System.nanoTime();
    private volatile boolean assigned;
    private volatile boolean stopped;

    /**
     * Joins nothing before {@link #run()}.
     *
     * @param readers makes the reader of a connection
     * @param settings whether passes are made on schedule
     * @param signals what is paused
     * @param meters of all feeds
     * @param clock for the schedule
     * @param random for jitter and the ids of runs
     */
    public Ownership(
            KafkaAccess kafka,
            List<Connection> connections,
            Function<Connection, ConnectionReader> readers,
            ScheduleSettings settings,
            SignalFollower signals,
            SourceMeters meters,
            Clock clock,
            RandomGenerator random) {
        this.kafka = kafka;
        this.connections = List.copyOf(connections);
        this.readers = readers;
        Announcements announcements = new Announcements(kafka);
        this.means = new ConnectionRunner.Means(settings, signals, announcements, meters, clock, random);
        this.catalogue = new ConnectionCatalogue(
                kafka, connections.stream().map(Connection::card).toList(), announcements);
    }

    /** Adds readiness checks for the share itself, its catalogue and each connection, and tells of every feed. */
    public void report(Health health) {
        health.readyWhen(
                "share",
                () -> assigned
                        ? Optional.empty()
                        : Optional.of("waiting for Kafka to give this producer its share of the connections"));
        health.readyWhen("catalogue", catalogue::problem);
        health.tell("feeds", this::outlook);
        for (Connection connection : connections) {
            Troubles of = troublesOf(connection.name());
            health.readyWhen("connection " + connection.name(), of::words);
        }
    }

    /** Works until {@link #stop()}. */
    public void run() {
        means.signals().awaitKnown();
        try (Consumer<byte[], byte[]> member = kafka.member()) {
            consumer = member;
            member.subscribe(List.of(kafka.topics().commands().name()), this);
            while (!stopped) {
                ConsumerRecords<byte[], byte[]> polled = member.poll(POLL);
                polled.forEach(this::take);
                ledger.reached(polled.nextOffsets());
                commit(member::commitAsync);
                tellInHand();
            }
        } catch (WakeupException e) {
            // The way stop() ends a poll.
            LOG.atDebug().log("told to stop");
        } finally {
            stopRunners(List.copyOf(runners.keySet()));
        }
    }

    /** Gives up what it needs beside the group; after {@link #run()} has ended, or when it never began. */
    @Override
    public void close() {
        catalogue.close();
        means.announcements().close();
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
        catalogue.publish(partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet()));
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
        ConnectionRunner runner =
                new ConnectionRunner(connection, () -> readers.apply(connection), means, troublesOf(connection.name()));
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
                        .log("a command names a connection that is not here; its run is told");
                Outcome refusal =
                        Wanted.refusal(command, connections, means.clock().millis());
                means.announcements().report(command.run(), List.of(refusal), done);
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

    private void tellInHand() {
        long now = System.nanoTime();
        if (now - toldAtNanos >= TELL.toNanos()) {
            toldAtNanos = now;
            runners.values()
                    .forEach(runner -> runner.inHand()
                            .forEach((run, feeds) -> means.announcements()
                                    .report(
                                            run,
                                            List.of(new Outcome.StillReading(
                                                    feeds, means.clock().millis())),
                                            () -> {})));
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

    private List<FeedOutlook> outlook() {
        return new TreeMap<>(runners)
                .values().stream().flatMap(runner -> runner.outlook().stream()).toList();
    }

    private Troubles troublesOf(String connection) {
        return troubles.computeIfAbsent(connection, name -> new Troubles());
    }
}
