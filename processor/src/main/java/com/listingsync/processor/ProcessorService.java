package com.listingsync.processor;

import com.listingsync.common.health.Health;
import com.listingsync.common.health.Service;
import com.listingsync.common.health.ServiceEnd;
import com.listingsync.common.health.ServiceEndpoint;
import com.listingsync.common.meter.Meter;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.common.signal.SignalFollower;
import com.listingsync.common.signal.SignalTarget;
import com.listingsync.common.topic.KafkaWatch;
import com.listingsync.common.trace.Tracing;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running processor: waits for Kafka, runs Streams, reports how it is. Thread-safe.
 *
 * <pre>
 *   waiting for Kafka ──> running ──> stopped (closed, or failed with a cause)
 * </pre>
 */
final class ProcessorService implements Service {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessorService.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

    private final Supplier<KafkaStreams> streamsSupplier;
    private final CloseOptions.GroupMembershipOperation onClose;
    private final SignalFollower signals;
    private final KafkaWatch kafka;
    private final ServiceEndpoint endpoint;
    private final Health health;
    private final Meters meters;
    private final Tracing tracing;

    /** Held while Streams is made and started, so that a close finds it either not there or whole. */
    private final Object starting = new Object();

    private final AtomicReference<@Nullable KafkaStreams> streams = new AtomicReference<>();
    private final AtomicReference<@Nullable KafkaStreamsMetrics> streamsMetrics = new AtomicReference<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final ServiceEnd end = new ServiceEnd();

    /** @param onClose whether a closed instance gives its partitions to others at once, or keeps them for its return */
    ProcessorService(
            Supplier<KafkaStreams> streamsSupplier,
            CloseOptions.GroupMembershipOperation onClose,
            SignalFollower signals,
            KafkaWatch kafka,
            ServiceEndpoint endpoint,
            Health health,
            Meters meters,
            Tracing tracing) {
        this.streamsSupplier = streamsSupplier;
        this.onClose = onClose;
        this.signals = signals;
        this.kafka = kafka;
        this.endpoint = endpoint;
        this.health = health;
        this.meters = meters;
        this.tracing = tracing;
    }

    /**
     * Begins to work, or to wait for Kafka on a thread of its own.
     *
     * @throws SettingsException when Kafka answers and a topic is not what it must be
     */
    void start() {
        health.aliveWhen("threads", this::threadProblem);
        health.readyWhen("kafka", kafka::problem);
        health.readyWhen("streams", this::streamsProblem);
        signals.report(health);
        meters.gauge(Meter.PAUSED, () -> signals.holds(SignalTarget.PROCESSOR) ? 1 : 0, ProcessorApp.NAME);
        signals.onChange(this::obeySignals);
        endpoint.start();
        signals.start();
        if (kafka.answers()) {
            begin();
        } else {
            Thread waiting = new Thread(this::waitForKafka, "processor-start");
            waiting.setDaemon(true);
            waiting.start();
        }
    }

    @Override
    public String name() {
        return ProcessorApp.NAME;
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
        // Before anything else: whoever waits for Kafka's answer or for the signals begins nothing any more.
        kafka.close();
        signals.close();
        KafkaStreams running;
        synchronized (starting) {
            running = streams.get();
        }
        if (running != null) {
            running.close(CloseOptions.timeout(CLOSE_TIMEOUT).withGroupMembershipOperation(onClose));
        }
        KafkaStreamsMetrics bound = streamsMetrics.get();
        if (bound != null) {
            bound.close();
        }
        endpoint.close();
        tracing.close();
        meters.close();
        end.ended();
        LOG.atInfo().log("processor stopped");
    }

    private void waitForKafka() {
        try {
            if (kafka.awaitAnswer()) {
                begin();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            // A topic is wrong, or a defect: whoever awaits the stop is told, and health says so until then.
            failed(e);
        }
    }

    /** Starts Streams, now that Kafka answers. */
    private void begin() {
        signals.awaitKnown();
        synchronized (starting) {
            if (!closed.get()) {
                run(streamsSupplier.get());
            }
        }
        obeySignals();
    }

    private void run(KafkaStreams threads) {
        threads.setUncaughtExceptionHandler(this::threadFailed);
        threads.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.ERROR) {
                end.ended();
            }
        });
        if (signals.holds(SignalTarget.PROCESSOR)) {
            threads.pause();
        }
        streams.set(threads);
        threads.start();
        KafkaStreamsMetrics bound = new KafkaStreamsMetrics(threads);
        meters.registry().config().meterFilter(new StreamsMeterFilter());
        bound.bindTo(meters.registry());
        streamsMetrics.set(bound);
        LOG.atInfo().addKeyValue("endpoint", endpoint.uri()).log("processor started");
    }

    /** Stands still while that is wanted: it stays in its group, keeps its state at hand and reads nothing. */
    private void obeySignals() {
        KafkaStreams running = streams.get();
        if (running == null) {
            return;
        }
        boolean held = signals.holds(SignalTarget.PROCESSOR);
        if (held && !running.isPaused()) {
            running.pause();
        } else if (!held && running.isPaused()) {
            running.resume();
        }
    }

    private StreamThreadExceptionResponse threadFailed(Throwable cause) {
        Optional<String> passing = ThreadFailure.passing(cause);
        if (passing.isPresent()) {
            LOG.atWarn().addKeyValue("cause", passing.get()).log("a stream thread is replaced");
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        failed(cause);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private void failed(Throwable cause) {
        end.failed(cause);
        LOG.atError().setCause(cause).log("the processor can't go on");
        if (streams.get() == null) {
            end.ended();
        } else {
            end.endWithin(CLOSE_TIMEOUT);
        }
    }

    private Optional<String> threadProblem() {
        return end.failure()
                .map(cause -> "stopped by its own failure: " + cause.getClass().getSimpleName());
    }

    private Optional<String> streamsProblem() {
        KafkaStreams running = streams.get();
        if (running == null) {
            return Optional.of("waiting for Kafka");
        }
        KafkaStreams.State state = running.state();
        return state == KafkaStreams.State.RUNNING
                ? Optional.empty()
                : Optional.of("streams is "
                        + state.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '));
    }
}
