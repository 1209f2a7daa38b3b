package com.listingsync.common.topic;

import com.listingsync.common.setting.SettingsException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether Kafka answers, and whether the topics a service uses are on it as catalogued. Thread-safe. */
public final class KafkaWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaWatch.class);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);
    private static final int ANSWER_TIMEOUT_MILLIS = 5_000;
    private static final int PROBE_TIMEOUT_MILLIS = 2_000;

    /** How long a topic made just now may take to be seen by every broker. */
    private static final Duration SETTLING = Duration.ofSeconds(3);

    private static final int SETTLING_PAUSE_MILLIS = 200;

    private final Admin admin;
    private final String address;
    private final List<TopicSpec> topics;
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * Contacts nobody yet.
     *
     * @param clients properties of Kafka clients, the bootstrap address among them
     * @param topics the topics the service reads and writes
     * @throws SettingsException when no client can be made with these properties
     */
    public KafkaWatch(Map<String, Object> clients, List<TopicSpec> topics) {
        Map<String, Object> properties = new HashMap<>(clients);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_TIMEOUT_MILLIS);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_TIMEOUT_MILLIS);
        this.admin = admin(properties);
        this.address = String.valueOf(clients.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
        this.topics = List.copyOf(topics);
    }

    /**
     * Returns when Kafka answers and every topic is as catalogued; looks again for a few seconds before it calls a topic
     * wrong, because one made just now is not seen by every broker at once.
     *
     * @throws SettingsException when a topic is missing or contradicts the catalogue
     * @throws KafkaException when Kafka does not answer, or this was closed meanwhile
     */
    public void requireTopics() {
        long begun = System.nanoTime();
        List<String> found = contradictions();
        while (!found.isEmpty() && System.nanoTime() - begun < SETTLING.toNanos()) {
            pause();
            found = contradictions();
        }
        if (!found.isEmpty()) {
            throw new SettingsException(found);
        }
    }

    /**
     * Whether Kafka answers; the log says when it does not.
     *
     * @throws SettingsException when it does, and a topic is missing or contradicts the catalogue
     */
    public boolean answers() {
        try {
            requireTopics();
            return true;
        } catch (KafkaException e) {
            // Not there yet: nothing has been read or written, and whoever waits for it asks again.
            LOG.atWarn().addKeyValue("cause", e.getMessage()).log("waiting for Kafka");
            return false;
        }
    }

    /**
     * Waits until Kafka {@link #answers}, however long that takes.
     *
     * @return false when this was closed before
     * @throws SettingsException when it does, and a topic is missing or contradicts the catalogue
     */
    public boolean awaitAnswer() throws InterruptedException {
        while (!closed.await(BETWEEN_ATTEMPTS.toMillis(), TimeUnit.MILLISECONDS)) {
            if (answers()) {
                return true;
            }
        }
        return false;
    }

    /**
     * What contradicts the catalogue at this moment, a sentence each.
     *
     * @throws KafkaException when Kafka does not answer, or this was closed meanwhile
     */
    public List<String> contradictions() {
        try {
            return new TopicAdmin(admin).contradictions(topics);
        } catch (IllegalStateException e) {
            // The client's word for being closed: whoever asked is on the way out too.
            throw new KafkaException("closed while asking Kafka at " + address, e);
        }
    }

    /** Why Kafka can't be worked with now, within two seconds; empty when it can. Says nothing of the topics. */
    public Optional<String> problem() {
        try {
            admin.describeCluster().nodes().get(PROBE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
            return Optional.empty();
        } catch (InterruptedException e) {
            // The endpoint stops: nobody waits for the answer any more.
            Thread.currentThread().interrupt();
            return Optional.of("interrupted while asking Kafka at " + address);
        } catch (ExecutionException | TimeoutException | IllegalStateException e) {
            // The next check asks again, and the service's own clients keep trying.
            return Optional.of("Kafka does not answer at " + address);
        }
    }

    /** Ends whatever is being asked at once. */
    @Override
    public void close() {
        closed.countDown();
        admin.close(Duration.ZERO);
    }

    private void pause() {
        try {
            if (closed.await(SETTLING_PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new KafkaException("closed while looking at the topics");
            }
        } catch (InterruptedException e) {
            // Nothing was begun; the caller's thread is to end.
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while looking at the topics", e);
        }
    }

    private static Admin admin(Map<String, Object> properties) {
        try {
            return Admin.create(properties);
        } catch (KafkaException e) {
            // Nothing was contacted: an address that can't be resolved, or security settings that don't fit.
            throw new SettingsException("KAFKA_BOOTSTRAP_SERVERS: no Kafka client can be made with these settings: "
                    + (e.getCause() == null ? e.getMessage() : e.getCause().getMessage()));
        }
    }
}
