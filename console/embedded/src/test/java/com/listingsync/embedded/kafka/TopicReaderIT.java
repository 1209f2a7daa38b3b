package com.listingsync.embedded.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the specs of services read of their topics, while transactions are under way. */
class TopicReaderIT {

    @TempDir
    static Path folder;

    private static EmbeddedKafka kafka;
    private static TopicReader reader;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(folder, 0);
        reader = new TopicReader(kafka.bootstrapServers());
    }

    @AfterAll
    static void stop() {
        reader.close();
        kafka.close();
    }

    @Test
    void readsOnWhereItWasAndNothingThatIsNotCommitted() throws Exception {
        CommittedTopic topic = topic("read-on");
        try (KafkaProducer<byte[], byte[]> producer = producer("one")) {
            commit(producer, "read-on", "a");
            assertThat(values(topic.settled())).containsExactly("a");

            commit(producer, "read-on", "b");
            assertThat(values(topic.settled())).containsExactly("a", "b");
            producer.beginTransaction();
            send(producer, "read-on", "open");
            assertThat(values(topic.committed())).containsExactly("a", "b");

            producer.abortTransaction();
            commit(producer, "read-on", "c");
            assertThat(values(topic.settled())).containsExactly("a", "b", "c");
        }
    }

    @Test
    void waitsForTheEndOfATransactionThatIsUnderWay() throws Exception {
        CommittedTopic topic = topic("under-way");
        try (KafkaProducer<byte[], byte[]> producer = producer("two")) {
            producer.beginTransaction();
            send(producer, "under-way", "a");

            assertThat(values(topic.committed())).isEmpty();

            CompletableFuture<Void> committing = CompletableFuture.runAsync(producer::commitTransaction);

            assertThat(values(topic.settled())).containsExactly("a");
            committing.get();
        }
    }

    private static CommittedTopic topic(String name) throws Exception {
        reader.admin()
                .createTopics(List.of(new NewTopic(name, 1, (short) 1)))
                .all()
                .get();
        return reader.topic(name);
    }

    private static KafkaProducer<byte[], byte[]> producer(String id) {
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        kafka.bootstrapServers(),
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        id),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }

    private static void commit(KafkaProducer<byte[], byte[]> producer, String topic, String value) {
        producer.beginTransaction();
        send(producer, topic, value);
        producer.commitTransaction();
    }

    /** Returns once the record stands in the log. */
    private static void send(KafkaProducer<byte[], byte[]> producer, String topic, String value) {
        producer.send(new ProducerRecord<>(topic, value.getBytes(StandardCharsets.UTF_8)));
        producer.flush();
    }

    private static List<String> values(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }
}
