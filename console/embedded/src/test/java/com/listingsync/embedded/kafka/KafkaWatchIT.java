package com.listingsync.embedded.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.listingsync.common.setting.SettingsException;
import com.listingsync.common.topic.KafkaWatch;
import com.listingsync.common.topic.TopicAdmin;
import com.listingsync.common.topic.TopicSpec;
import com.listingsync.common.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service's look at a real broker, and at none. */
class KafkaWatchIT {

    private static final String NOBODY = "127.0.0.1:1";
    private static final Topics TOPICS = new Topics("watched", 2);

    /** Less than a question to Kafka may take when nobody answers. */
    private static final Duration AT_ONCE = Duration.ofSeconds(3);

    @TempDir
    static Path folder;

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void startKafka() {
        kafka = EmbeddedKafka.start(folder, 0);
        create(List.of(TOPICS.rows(), TOPICS.runs()));
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @Test
    void findsNothingWrongWithCataloguedTopics() {
        try (KafkaWatch watch = watch(kafka.bootstrapServers(), TOPICS.rows(), TOPICS.runs())) {
            assertThatCode(watch::requireTopics).doesNotThrowAnyException();
            assertThat(watch.contradictions()).isEmpty();
            assertThat(watch.problem()).isEmpty();
        }
    }

    @Test
    void namesTopicsThatContradictTheCatalogue() {
        Topics others = new Topics("watched", 5);

        try (KafkaWatch watch = watch(kafka.bootstrapServers(), others.rows(), TOPICS.outcomes())) {
            assertThatThrownBy(watch::requireTopics)
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining("topic watched.rows: expected 5 partitions, found 2")
                    .hasMessageContaining("topic " + TOPICS.outcomes().name() + ": expected 2 partitions, but");
            assertThat(watch.problem()).as("Kafka itself answers").isEmpty();
        }
    }

    @Test
    void looksAgainForTopicsMadeJustNow() {
        Topics late = new Topics("late", 2);

        try (KafkaWatch watch = watch(kafka.bootstrapServers(), late.rows())) {
            assertThat(watch.contradictions()).hasSize(1);
            CompletableFuture<Void> required = CompletableFuture.runAsync(watch::requireTopics);
            create(List.of(late.rows()));

            assertThat(required).succeedsWithin(Duration.ofSeconds(20));
        }
    }

    @Test
    void namesTheAddressThatDoesNotAnswer() {
        try (KafkaWatch watch = watch(NOBODY, TOPICS.rows())) {
            assertThat(watch.problem()).contains("Kafka does not answer at " + NOBODY);
            assertThatThrownBy(watch::requireTopics).isInstanceOf(KafkaException.class);
        }
    }

    @Test
    void endsAQuestionUnderWayWhenClosed() {
        KafkaWatch watch = watch(NOBODY, TOPICS.rows());
        CompletableFuture<Void> required = CompletableFuture.runAsync(watch::requireTopics);

        watch.close();

        assertThat(required)
                .failsWithin(AT_ONCE)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(KafkaException.class);
        assertThat(watch.problem()).contains("Kafka does not answer at " + NOBODY);
    }

    @Test
    void refusesPropertiesThatMakeNoClient() {
        assertThatThrownBy(() -> watch("no port", TOPICS.rows()).close())
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("KAFKA_BOOTSTRAP_SERVERS: no Kafka client can be made with these settings: ");
    }

    private static KafkaWatch watch(String address, TopicSpec... topics) {
        return new KafkaWatch(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, address), List.of(topics));
    }

    private static void create(List<TopicSpec> topics) {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
            new TopicAdmin(admin).createMissing(topics, TopicAdmin.BROKER_DEFAULT_REPLICATION);
        }
    }
}
