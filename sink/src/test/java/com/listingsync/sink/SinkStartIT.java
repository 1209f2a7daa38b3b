package com.listingsync.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.listingsync.common.health.Service;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.common.topic.TopicAdmin;
import com.listingsync.common.topic.Topics;
import com.listingsync.embedded.kafka.EmbeddedKafka;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sink's start with Kafka away, back, and not as it must be. */
class SinkStartIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Less than a question to Kafka may take when nobody answers. */
    private static final Duration AT_ONCE = Duration.ofSeconds(3);

    private static final Topics TOPICS = new Topics("late", 2);

    @TempDir
    static Path folder;

    @TempDir
    Path kafkaFolder;

    private static SinkStack stack;

    @BeforeAll
    static void startStack() throws IOException {
        stack = SinkStack.start(folder);
    }

    @AfterAll
    static void stopStack() {
        stack.close();
    }

    @BeforeEach
    void emptyTables() {
        stack.emptyTables();
    }

    @Test
    void waitsForKafkaAndGoesToWorkWhenItIsThere() throws Exception {
        String address = kafkaThatWasThereBefore();

        try (Service sink = SinkApp.start(environment(address))) {
            HttpResponse<String> ready = get(sink.endpoint().resolve("/health/ready"));
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).contains("Kafka does not answer at " + address);
            assertThat(get(sink.endpoint().resolve("/health/live")).statusCode())
                    .isEqualTo(200);

            try (EmbeddedKafka kafka = EmbeddedKafka.start(kafkaFolder, port(address))) {
                assertThat(kafka.bootstrapServers()).isEqualTo(address);
                await().atMost(PATIENCE)
                        .untilAsserted(
                                () -> assertThat(stack.count("properties")).isEqualTo(1));
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(sink.health().isReady()).isTrue());
                sink.close();
            }
        }
    }

    @Test
    void stopsWithTheProblemWhenTheKafkaItWaitedForHasAWrongTopic() {
        String address = kafkaThatWasThereBefore();
        Map<String, String> environment = environment(address);
        environment.put("SYNC_TOPIC_PARTITIONS", "5");

        try (Service sink = SinkApp.start(environment);
                EmbeddedKafka kafka = EmbeddedKafka.start(kafkaFolder, port(address))) {
            assertThat(kafka.bootstrapServers()).isEqualTo(address);

            assertThatThrownBy(sink::awaitStop)
                    .isInstanceOf(IllegalStateException.class)
                    .hasCauseInstanceOf(SettingsException.class)
                    .hasStackTraceContaining("topic late.rows: expected 5 partitions, found 2");
            assertThat(sink.health().live())
                    .anySatisfy(check -> assertThat(check.problem())
                            .hasValueSatisfying(words -> assertThat(words).contains("expected 5 partitions, found 2")));
        }
    }

    @Test
    void endsAtOnceWhenClosedWhileItWaits() throws InterruptedException {
        Service sink = SinkApp.start(environment("127.0.0.1:1"));
        long begun = System.nanoTime();

        sink.close();

        sink.awaitStop();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(AT_ONCE);
    }

    @Test
    void refusesTopicsThatContradictTheCatalogue() {
        Map<String, String> environment = stack.environment(stack.freshTopics());
        environment.put("SYNC_TOPIC_PARTITIONS", "5");

        assertThatThrownBy(() -> SinkApp.start(environment).close())
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("expected 5 partitions, found " + SinkStack.PARTITIONS);
    }

    /** The address of a Kafka that has our topics and a row for the sink, and is away now. */
    private String kafkaThatWasThereBefore() {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(kafkaFolder, 0)) {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
                new TopicAdmin(admin).createMissing(TOPICS.all(), TopicAdmin.BROKER_DEFAULT_REPLICATION);
            }
            RowsTopic rows = new RowsTopic(kafka.bootstrapServers(), TOPICS);
            rows.property("L1", 1, "100", Optional.empty());
            rows.flush();
            rows.close();
            return kafka.bootstrapServers();
        }
    }

    private static Map<String, String> environment(String address) {
        Map<String, String> environment = stack.environment(TOPICS);
        environment.put("KAFKA_BOOTSTRAP_SERVERS", address);
        return environment;
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
