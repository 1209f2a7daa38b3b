package com.listingsync.producer;

import com.listingsync.common.event.Entity;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.topic.TopicAdmin;
import com.listingsync.common.topic.TopicSpec;
import com.listingsync.common.topic.Topics;
import com.listingsync.producer.publish.KafkaAccess;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** Whether Kafka can be reached and this service's topics are as catalogued. Thread-safe. */
final class TopicCheck implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 5_000;

    /** Probes come every few seconds; Kafka is asked this often at most. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    private static final Duration SETTLING = Duration.ofSeconds(3);
    private static final int SETTLING_PAUSE_MILLIS = 200;

    private final List<TopicSpec> topics;
    private final String servers;
    private final Admin admin;
    private final Clock clock;
    private Optional<String> problem = Optional.of("not asked yet");
    private Instant asked = Instant.MIN;

    TopicCheck(KafkaAccess kafka, String servers, Clock clock) {
        this.topics = used(kafka.topics());
        this.servers = servers;
        this.admin = kafka.admin(TIMEOUT_MILLIS);
        this.clock = clock;
    }

    /**
     * Asks Kafka now.
     *
     * @return why Kafka can't be used yet; empty when all is well
     * @throws SettingsException when a topic contradicts the catalogue
     */
    synchronized Optional<String> check() {
        try {
            List<String> contradictions = contradictions();
            asked = clock.instant();
            if (!contradictions.isEmpty()) {
                throw new SettingsException(contradictions);
            }
            problem = Optional.empty();
        } catch (KafkaException e) {
            // Nothing was read or written; the caller asks again.
            asked = clock.instant();
            problem = Optional.of(
                    "Kafka at " + servers + " can't be reached (" + e.getClass().getSimpleName() + ")");
        }
        return problem;
    }

    /** What contradicts the catalogue for longer than a topic made just now takes to be seen by every broker. */
    private List<String> contradictions() {
        Instant settled = clock.instant().plus(SETTLING);
        List<String> contradictions = new TopicAdmin(admin).contradictions(topics);
        while (!contradictions.isEmpty() && clock.instant().isBefore(settled)) {
            pause();
            contradictions = new TopicAdmin(admin).contradictions(topics);
        }
        return contradictions;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(SETTLING_PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }

    /** The problem as it was lately. */
    synchronized Optional<String> lately() {
        if (clock.instant().isBefore(asked.plus(FRESH))) {
            return problem;
        }
        try {
            return check();
        } catch (SettingsException e) {
            // Somebody changed a topic under a running service: it goes on and says so.
            problem = Optional.of(String.join("; ", e.problems()));
            return problem;
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }

    private static List<TopicSpec> used(Topics topics) {
        List<TopicSpec> used = new ArrayList<>();
        for (Entity entity : Entity.values()) {
            used.add(topics.source(entity));
        }
        used.add(topics.deadLetters(Stage.PRODUCER));
        used.add(topics.commands());
        used.add(topics.outcomes());
        used.add(topics.checkpoints());
        return used;
    }
}
