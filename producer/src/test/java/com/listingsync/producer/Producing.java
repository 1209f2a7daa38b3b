package com.listingsync.producer;

import com.listingsync.common.command.SyncCommand;
import com.listingsync.common.event.Entity;
import com.listingsync.common.event.Operation;
import com.listingsync.common.event.SourceEvent;
import com.listingsync.common.health.Service;
import com.listingsync.common.run.FeedName;
import com.listingsync.common.run.Outcome;
import com.listingsync.common.run.RunState;
import com.listingsync.common.run.Tally;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.wire.ListingPartitioner;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.common.wire.SourceKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** Producers under test on a broker: starts them, commands them, and reads what they wrote. */
public final class Producing implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Broker broker;
    private final Path connections;
    private final Map<String, String> environment;
    private final List<Service> services = new ArrayList<>();

    /** One record of a source topic; {@code at} is its time, in milliseconds since 1970. */
    public record Emitted(SourceKey place, SourceEvent event, byte[] value, long at) {

        /** {@code listing} or {@code listing/child}, without the connection. */
        public String key() {
            return place.child().map(child -> place.listing() + "/" + child).orElse(place.listing());
        }

        public boolean isDelete() {
            return event.operation() == Operation.DELETE;
        }

        public String json() {
            return new String(value, StandardCharsets.UTF_8);
        }
    }

    public Producing(Broker broker, Path folder, String yaml) {
        this.broker = broker;
        this.connections = folder.resolve("connections.yaml");
        this.environment = broker.environment();
        environment.put("SYNC_CONNECTIONS", connections.toString());
        environment.put("SYNC_SCHEDULE", "off");
        environment.put("SYNC_SOURCE_RETRY_DELAY", "20ms");
        connections(yaml);
    }

    public Producing with(String setting, String value) {
        environment.put(setting, value);
        return this;
    }

    public Map<String, String> environment() {
        return environment;
    }

    public void connections(String yaml) {
        try {
            Files.writeString(connections, yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Service start() {
        Service service = ProducerApp.start(environment);
        services.add(service);
        return service;
    }

    /** Sends a command for a connection's pass, as a requester does: the run is announced first. */
    public void command(SyncCommand command, FeedName... feeds) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("bootstrap.servers", environment.get("KAFKA_BOOTSTRAP_SERVERS"));
        properties.put("partitioner.class", ListingPartitioner.class);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            Outcome started = new Outcome.RunStarted(List.of(feeds), "cli", System.currentTimeMillis());
            producer.send(new ProducerRecord<>(
                    broker.topics().outcomes().name(),
                    command.run().getBytes(StandardCharsets.UTF_8),
                    started.bytes()));
            producer.send(new ProducerRecord<>(
                    broker.topics().commands().name(),
                    command.connection().getBytes(StandardCharsets.UTF_8),
                    command.bytes()));
        }
    }

    /** Commands a pass over everything and waits for its end. */
    public RunState sync(String run, String connection, String... feeds) {
        return sync(new SyncCommand(run, connection, List.of(feeds), List.of(), false, "test"));
    }

    /** Commands a sweep of all of a feed's keys and waits for its end. */
    public RunState sweep(String run, String connection, SyncCommand.Sweep how, String... feeds) {
        return sync(new SyncCommand(run, connection, List.of(feeds), List.of(), false, how, "test"));
    }

    public RunState sync(SyncCommand command) {
        FeedName[] names = command.feeds().stream()
                .map(feed -> new FeedName(command.connection(), feed))
                .toArray(FeedName[]::new);
        command(command, names);
        return awaitRead(command.run());
    }

    /** The run as its outcomes say, once all its feeds have been read. */
    public RunState awaitRead(String run) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> run(run),
                        state -> !state.feeds().isEmpty()
                                && state.feeds().values().stream().allMatch(feed -> feed.isFinished()));
    }

    public RunState run(String run) {
        RunState state = RunState.first(run, 0);
        for (ConsumerRecord<byte[], byte[]> record : broker.read(broker.topics().outcomes())) {
            if (new String(record.key(), StandardCharsets.UTF_8).equals(run)) {
                state = state.plus(Outcome.of(record.value()));
            }
        }
        return state;
    }

    /** Names of all runs that were reported. */
    public List<String> runs() {
        return broker.read(broker.topics().outcomes()).stream()
                .map(record -> new String(record.key(), StandardCharsets.UTF_8))
                .distinct()
                .toList();
    }

    public List<Emitted> emitted(Entity entity) {
        return broker.read(broker.topics().source(entity)).stream()
                .map(record -> new Emitted(
                        SourceKey.of(record.key()),
                        RecordHeaders.readSource(record.headers()),
                        record.value(),
                        record.timestamp()))
                .toList();
    }

    public List<ConsumerRecord<byte[], byte[]>> deadLetters() {
        return broker.read(broker.topics().deadLetters(Stage.PRODUCER));
    }

    public static Tally tally(RunState run, String connection, String feed) {
        return run.feeds().get(connection + "/" + feed).tally();
    }

    @Override
    public void close() {
        services.forEach(Service::close);
    }
}
