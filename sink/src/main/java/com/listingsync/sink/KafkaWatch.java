package com.listingsync.sink;

import com.listingsync.common.setting.SettingsException;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.topic.TopicAdmin;
import com.listingsync.common.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;

/** Whether Kafka is there and as it must be. Thread-safe. */
final class KafkaWatch implements AutoCloseable {

    private static final int START_TIMEOUT_MS = 20_000;
    private static final Duration LOOK_TIMEOUT = Duration.ofSeconds(3);

    private final Admin admin;
    private final Topics topics;

    KafkaWatch(Map<String, Object> clients, Topics topics) {
        Map<String, Object> config = new HashMap<>(clients);
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, START_TIMEOUT_MS);
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, START_TIMEOUT_MS / 2);
        try {
            this.admin = Admin.create(config);
        } catch (KafkaException e) {
            // Nothing was contacted: an address that can't be resolved, or security settings that don't fit.
            throw new SettingsException("KAFKA_BOOTSTRAP_SERVERS: no Kafka client can be made with these settings: "
                    + (e.getCause() == null ? e.getMessage() : e.getCause().getMessage()));
        }
        this.topics = topics;
    }

    /**
     * Looks at the topics the sink uses.
     *
     * @throws SettingsException when one of them is missing or not as the catalogue has it, or Kafka does not answer
     */
    void requireTopics() {
        List<String> contradictions;
        try {
            contradictions = new TopicAdmin(admin)
                    .contradictions(List.of(topics.rows(), topics.outcomes(), topics.deadLetters(Stage.SINK)));
        } catch (KafkaException e) {
            // Nothing was begun: whoever starts the sink sees why.
            throw new SettingsException("KAFKA_BOOTSTRAP_SERVERS: no broker answers there: " + e.getMessage());
        }
        if (!contradictions.isEmpty()) {
            throw new SettingsException(contradictions);
        }
    }

    /** Why Kafka can't be used now; empty when a broker answers. */
    Optional<String> problem() {
        try {
            admin.describeCluster().nodes().get(LOOK_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            return Optional.empty();
        } catch (ExecutionException | TimeoutException e) {
            // The consumer goes on trying by itself; this is only for whoever asks.
            return Optional.of("no Kafka broker answers");
        } catch (InterruptedException e) {
            // The endpoint stops: nobody waits for the answer any more.
            Thread.currentThread().interrupt();
            return Optional.of("the question was interrupted");
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
