package com.listingsync.producer;

import com.listingsync.common.health.Health;
import com.listingsync.common.health.Remembered;
import com.listingsync.common.health.Service;
import com.listingsync.common.health.ServiceEnd;
import com.listingsync.common.health.ServiceEndpoint;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.common.signal.SignalFollower;
import com.listingsync.common.topic.KafkaWatch;
import com.listingsync.common.trace.Tracing;
import com.listingsync.producer.schedule.Ownership;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running producer: waits for Kafka, then works until it is closed. One thread of its own; closing is thread-safe and
 * idempotent.
 */
final class ProducerService implements Service {

    private static final Logger LOG = LoggerFactory.getLogger(ProducerService.class);
    private static final Duration KAFKA_PAUSE = Duration.ofSeconds(1);

    /** Probes come every few seconds from several sides; topics are described for each answer. */
    private static final Duration KAFKA_ANSWER_HOLDS = Duration.ofSeconds(3);

    private static final Duration STOP = Duration.ofSeconds(40);

    private final KafkaWatch kafka;
    private final SignalFollower signals;
    private final Ownership ownership;
    private final ServiceEndpoint endpoint;
    private final Health health;
    private final Meters meters;
    private final Tracing tracing;
    private final Remembered kafkaProblem = new Remembered(this::askKafka, KAFKA_ANSWER_HOLDS, System::nanoTime);
    private final Thread thread = new Thread(this::run, ProducerApp.NAME);
    private final ServiceEnd end = new ServiceEnd();
    private final AtomicBoolean closed = new AtomicBoolean();

    ProducerService(
            KafkaWatch kafka,
            SignalFollower signals,
            Ownership ownership,
            ServiceEndpoint endpoint,
            Health health,
            Meters meters,
            Tracing tracing) {
        this.kafka = kafka;
        this.signals = signals;
        this.ownership = ownership;
        this.endpoint = endpoint;
        this.health = health;
        this.meters = meters;
        this.tracing = tracing;
    }

    /**
     * @throws SettingsException when Kafka can be reached and a topic contradicts the catalogue
     */
    void start() {
        boolean unused = kafka.answers();
        health.readyWhen("kafka", kafkaProblem);
        health.aliveWhen("producer", () -> end.failure().map(e -> "stopped by " + e));
        ownership.report(health);
        endpoint.start();
        signals.start();
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
        end.await(name());
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
            end.ended();
        }
        ownership.close();
        signals.close();
        endpoint.close();
        kafka.close();
        tracing.close();
        meters.close();
    }

    private void run() {
        try {
            while (!closed.get() && kafkaProblem.get().isPresent()) {
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
            end.failed(e);
            LOG.atError().setCause(e).log("the producer stops by its own failure");
        } finally {
            end.ended();
        }
    }

    /** Why Kafka can't be used now. A topic changed under the running service is one: it goes on and says so. */
    private Optional<String> askKafka() {
        Optional<String> problem = kafka.problem();
        if (problem.isPresent()) {
            return problem;
        }
        try {
            List<String> contradictions = kafka.contradictions();
            return contradictions.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", contradictions));
        } catch (KafkaException e) {
            // Gone between two questions; the next check asks again.
            return Optional.of("Kafka stopped answering (" + e.getClass().getSimpleName() + ")");
        }
    }

    private void awaitEnd() {
        try {
            if (!end.await(STOP)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            // Told to hurry: what is under way is rolled back by whoever takes the feeds over.
            Thread.currentThread().interrupt();
        }
    }
}
