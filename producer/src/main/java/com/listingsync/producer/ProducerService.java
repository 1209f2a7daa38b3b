package com.listingsync.producer;

import com.listingsync.common.health.Health;
import com.listingsync.common.health.Service;
import com.listingsync.common.health.ServiceEndpoint;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.producer.schedule.Ownership;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running producer: waits for Kafka, then works until it is closed. One thread of its own; closing is thread-safe and
 * idempotent.
 */
final class ProducerService implements Service {

    private static final Logger LOG = LoggerFactory.getLogger(ProducerService.class);
    private static final Duration KAFKA_PAUSE = Duration.ofSeconds(1);
    private static final Duration STOP = Duration.ofSeconds(40);

    private final TopicCheck topics;
    private final Ownership ownership;
    private final ServiceEndpoint endpoint;
    private final Health health;
    private final Meters meters;
    private final Thread thread = new Thread(this::run, ProducerApp.NAME);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable Throwable failure;

    ProducerService(TopicCheck topics, Ownership ownership, ServiceEndpoint endpoint, Health health, Meters meters) {
        this.topics = topics;
        this.ownership = ownership;
        this.endpoint = endpoint;
        this.health = health;
        this.meters = meters;
    }

    /**
     * @throws SettingsException when Kafka can be reached and a topic contradicts the catalogue
     */
    void start() {
        Optional<String> kafka = topics.check();
        kafka.ifPresent(problem -> LOG.atWarn().addKeyValue("problem", problem).log("waiting for Kafka"));
        health.readyWhen("kafka", topics::lately);
        health.aliveWhen("producer", () -> Optional.ofNullable(failure).map(e -> "stopped by " + e));
        ownership.report(health);
        endpoint.start();
        thread.start();
    }

    @Override
    public String name() {
        return ProducerApp.NAME;
    }

    @Override
    public URI endpoint() {
        return endpoint.uri();
    }

    @Override
    public Health health() {
        return health;
    }

    @Override
    public void awaitStop() throws InterruptedException {
        ended.await();
        Throwable cause = failure;
        if (cause != null) {
            throw new IllegalStateException("the producer stopped by its own failure", cause);
        }
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        ownership.stop();
        if (thread.isAlive()) {
            awaitEnd();
        } else {
            ended.countDown();
        }
        endpoint.close();
        topics.close();
        meters.close();
    }

    private void run() {
        try {
            while (!closed.get() && topics.lately().isPresent()) {
                TimeUnit.NANOSECONDS.sleep(KAFKA_PAUSE.toNanos());
            }
            if (!closed.get()) {
                ownership.run();
            }
        } catch (InterruptedException e) {
            // Closed while waiting for Kafka: there is nothing to give back.
            LOG.atDebug().log("stopped before Kafka was reached");
        } catch (RuntimeException | Error e) {
            // The top of this thread: recorded, so that liveness and awaitStop() tell it.
            failure = e;
            LOG.atError().setCause(e).log("the producer stops by its own failure");
        } finally {
            ended.countDown();
        }
    }

    private void awaitEnd() {
        try {
            if (!ended.await(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            // Told to hurry: what is under way is rolled back by whoever takes the feeds over.
            Thread.currentThread().interrupt();
        }
    }
}
