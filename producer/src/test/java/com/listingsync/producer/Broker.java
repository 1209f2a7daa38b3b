package com.listingsync.producer;

import com.listingsync.common.event.Entity;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.topic.TopicAdmin;
import com.listingsync.common.topic.TopicSpec;
import com.listingsync.common.topic.Topics;
import com.listingsync.embedded.kafka.CommittedTopic;
import com.listingsync.embedded.kafka.EmbeddedKafka;
import com.listingsync.embedded.kafka.TopicReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** One real broker for all tests of a run, and a producer's topics for each test alone. */
public final class Broker {

    public static final int PARTITIONS = 3;

    /** The clients that tests read with, by broker: making them takes longer than most reads. */
    private static final Map<String, TopicReader> READERS = new ConcurrentHashMap<>();

    private final String servers;
    private final Topics topics;
    private final TopicReader reader;
    private final Map<String, CommittedTopic> followed = new ConcurrentHashMap<>();

    private Broker(String servers, Topics topics) {
        this.servers = servers;
        this.topics = topics;
        this.reader = READERS.computeIfAbsent(servers, TopicReader::new);
    }

    /** Fresh topics on the embedded broker. */
    public static Broker withTopics() {
        return withTopics(embedded());
    }

    /** Fresh topics on the broker at {@code bootstrap}. */
    public static Broker withTopics(String bootstrap) {
        Broker broker = new Broker(
                bootstrap, new Topics("t" + UUID.randomUUID().toString().substring(0, 8), PARTITIONS));
        new TopicAdmin(broker.reader.admin()).createMissing(broker.used(), (short) 1);
        return broker;
    }

    public Topics topics() {
        return topics;
    }

    /** The topics that a producer reads and writes; the others are not there, since making topics takes most of a short test. */
    public List<TopicSpec> used() {
        List<TopicSpec> used = new ArrayList<>();
        for (Entity entity : Entity.values()) {
            used.add(topics.source(entity));
        }
        used.addAll(List.of(
                topics.deadLetters(Stage.PRODUCER),
                topics.fates(),
                topics.commands(),
                topics.outcomes(),
                topics.checkpoints(),
                topics.absences(),
                topics.connections(),
                topics.signals()));
        return used;
    }

    public Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", servers);
        environment.put("SYNC_TOPIC_PREFIX", topics.prefix());
        environment.put("SYNC_TOPIC_PARTITIONS", Integer.toString(PARTITIONS));
        return environment;
    }

    /** Every committed record of a topic up to now. */
    public List<ConsumerRecord<byte[], byte[]>> read(TopicSpec topic) {
        return followed.computeIfAbsent(topic.name(), reader::topic).committed();
    }

    /** How many offsets a topic has, marks of transactions among them. */
    public long end(TopicSpec topic) {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        partitions(topic).forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        try {
            return reader.admin().listOffsets(latest).all().get().values().stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<TopicPartition> partitions(TopicSpec topic) {
        return IntStream.range(0, topic.partitions())
                .mapToObj(partition -> new TopicPartition(topic.name(), partition))
                .toList();
    }

    private static synchronized String embedded() {
        return Holder.KAFKA.bootstrapServers();
    }

    private static final class Holder {
        static final EmbeddedKafka KAFKA = start();

        private static EmbeddedKafka start() {
            try {
                EmbeddedKafka kafka = EmbeddedKafka.start(Files.createTempDirectory("producer-broker"), 0);
                Runtime.getRuntime().addShutdownHook(new Thread(kafka::close));
                return kafka;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
