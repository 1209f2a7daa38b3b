package com.listingsync.embedded.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.listingsync.common.topic.TopicAdmin;
import com.listingsync.common.topic.TopicSpec;
import com.listingsync.common.topic.Topics;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker of our own in this process, and the topic catalogue on it. */
class EmbeddedKafkaIT {

    private static final Topics TOPICS = new Topics("test", 2);

    @TempDir
    Path folder;

    @Test
    void keepsCommittedRecordsAcrossARestart() {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, 0)) {
            withAdmin(kafka, admin -> admin.createMissing(TOPICS.all(), TopicAdmin.BROKER_DEFAULT_REPLICATION));
            commit(kafka, TOPICS.runs(), "a", "kept");
        }

        try (EmbeddedKafka again = EmbeddedKafka.start(folder, 0)) {
            assertThat(committed(again, TOPICS.runs())).containsExactly("kept");
        }
    }

    @Test
    void createsEveryTopicOfTheCatalogueOnce() {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, 0)) {
            List<String> first =
                    withAdmin(kafka, admin -> admin.createMissing(TOPICS.all(), TopicAdmin.BROKER_DEFAULT_REPLICATION));
            List<String> second =
                    withAdmin(kafka, admin -> admin.createMissing(TOPICS.all(), TopicAdmin.BROKER_DEFAULT_REPLICATION));

            assertThat(first).hasSize(TOPICS.all().size());
            assertThat(second).isEmpty();
            List<String> problems = withAdmin(kafka, admin -> admin.contradictions(TOPICS.all()));
            assertThat(problems).isEmpty();
        }
    }

    @Test
    void namesTopicsThatContradictTheCatalogue() {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, 0)) {
            withAdmin(
                    kafka, admin -> admin.createMissing(List.of(TOPICS.rows()), TopicAdmin.BROKER_DEFAULT_REPLICATION));
            try (Admin admin = admin(kafka)) {
                admin.createPartitions(Map.of("test.rows", NewPartitions.increaseTo(3)))
                        .all()
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
            }

            List<String> problems =
                    withAdmin(kafka, admin -> admin.contradictions(List.of(TOPICS.rows(), TOPICS.runs())));

            assertThat(problems)
                    .containsExactlyInAnyOrder(
                            "topic test.sync.runs: expected 2 partitions, but it does not exist; "
                                    + "'./listing-sync topics apply' creates it",
                            "topic test.rows: expected 2 partitions, found 3");
        }
    }

    @Test
    void refusesAPortThatIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedKafka.start(folder, taken.getLocalPort()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("port " + taken.getLocalPort() + " for Kafka is taken; choose another");
        }
    }

    private static <T> T withAdmin(EmbeddedKafka kafka, Function<TopicAdmin, T> work) {
        try (Admin admin = admin(kafka)) {
            return work.apply(new TopicAdmin(admin));
        }
    }

    private static Admin admin(EmbeddedKafka kafka) {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()));
    }

    private static void commit(EmbeddedKafka kafka, TopicSpec topic, String key, String value) {
        Map<String, Object> config = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka.bootstrapServers(),
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                "test");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic.name(), 0, utf8(key), utf8(value)));
            producer.commitTransaction();
        }
    }

    private static List<String> committed(EmbeddedKafka kafka, TopicSpec topic) {
        try (TopicReader reader = new TopicReader(kafka.bootstrapServers())) {
            return reader.topic(topic.name()).settled().stream()
                    .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                    .toList();
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
