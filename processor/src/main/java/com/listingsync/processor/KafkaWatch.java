package com.listingsync.processor;

import com.listingsync.common.event.Entity;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.topic.TopicAdmin;
import com.listingsync.common.topic.TopicSpec;
import com.listingsync.common.topic.Topics;
import java.util.ArrayList;
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

/** Whether Kafka answers, and whether our topics on it are what they must be. Thread-safe. */
final class KafkaWatch implements AutoCloseable {

    private static final int API_TIMEOUT_MILLIS = 5_000;
    private static final int PROBE_TIMEOUT_MILLIS = 2_000;

    private final Admin admin;
    private final String bootstrapServers;
    private final Topics topics;

    KafkaWatch(Map<String, Object> clients, String bootstrapServers, Topics topics) {
        Map<String, Object> properties = new HashMap<>(clients);
        properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, API_TIMEOUT_MILLIS);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, API_TIMEOUT_MILLIS);
        this.admin = Admin.create(properties);
        this.bootstrapServers = bootstrapServers;
        this.topics = topics;
    }

    /**
     * Checks the topics this service reads and writes.
     *
     * @throws SettingsException when one is missing or contradicts the catalogue
     * @throws KafkaException when Kafka does not answer
     */
    void requireTopics() {
        List<TopicSpec> specs = new ArrayList<>();
        for (Entity entity : Entity.values()) {
            specs.add(topics.source(entity));
        }
        specs.addAll(List.of(
                topics.rows(),
                topics.statusChanges(),
                topics.deadLetters(Stage.PROCESSOR),
                topics.outcomes(),
                topics.runs()));
        List<String> problems = new TopicAdmin(admin).contradictions(specs);
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
    }

    /** Why Kafka can't be worked with now; empty when it can. */
    Optional<String> problem() {
        try {
            admin.describeCluster().nodes().get(PROBE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted while asking Kafka");
        } catch (ExecutionException | TimeoutException e) {
            // The check says so and the next one asks again; Streams itself keeps trying.
            return Optional.of("Kafka does not answer at " + bootstrapServers);
        }
    }

    @Override
    public void close() {
        admin.close(java.time.Duration.ofMillis(PROBE_TIMEOUT_MILLIS));
    }
}
