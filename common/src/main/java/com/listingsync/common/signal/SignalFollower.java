package com.listingsync.common.signal;

import com.listingsync.common.health.Health;
import com.listingsync.common.topic.LogEnd;
import com.listingsync.common.topic.LoneConsumer;
import com.listingsync.common.topic.TopicSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows {@code sync.signals} on a thread of its own and knows at any time what is paused. Thread-safe.
 *
 * <p>While the topic can't be read, what was known last counts. A service asks {@link #awaitKnown} before its first work, so
 * that a pause outlives a restart.
 */
public final class SignalFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SignalFollower.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long STOP_MILLIS = 2_000;

    private final Map<String, Object> clients;
    private final TopicSpec topic;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final CountDownLatch known = new CountDownLatch(1);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable Consumer<byte[], byte[]> reader;
    private volatile Signals signals = Signals.NONE;
    private volatile @Nullable String problem = "the signals have not been read yet";

    /**
     * Contacts nobody before {@link #start()}.
     *
     * @param clients properties of Kafka clients, the bootstrap address among them
     * @param topic the topic of signals
     */
    public SignalFollower(Map<String, Object> clients, TopicSpec topic) {
        this.clients = Map.copyOf(clients);
        this.topic = topic;
        this.thread = new Thread(this::run, "signals");
        thread.setDaemon(true);
    }

    /** Begins to follow. */
    public void start() {
        thread.start();
    }

    /** What is paused, as far as is known. */
    public Signals now() {
        return signals;
    }

    /** Whether this target is paused. */
    public boolean holds(SignalTarget target) {
        return signals.holding(target).isPresent();
    }

    /** Calls {@code listener} after every change, on the follower's thread; it must return soon. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Calls {@code listener} no more. */
    public void forget(Runnable listener) {
        listeners.remove(listener);
    }

    /**
     * Waits until what stands on the topic is known, or this is closed. While it can't be read nothing counts as paused, and nobody
     * is kept from work for longer than some seconds.
     */
    public void awaitKnown() {
        try {
            if (!known.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.atWarn().log("what is paused can't be read; beginning as if nothing were");
            }
        } catch (InterruptedException e) {
            // Told to end while starting: whoever waits finds that out at the next look.
            Thread.currentThread().interrupt();
        }
    }

    /** Tells of everything that is paused, and whether the signals can be read. */
    public void report(Health health) {
        health.tell("paused", () -> signals.paused());
        health.tell("signals", () -> Optional.ofNullable(problem).orElse("followed"));
    }

    @Override
    public void close() {
        closing.countDown();
        known.countDown();
        // Woken rather than interrupted: a consumer that is closed by an interrupted thread calls that an error.
        Consumer<byte[], byte[]> reading = reader;
        if (reading != null) {
            reading.wakeup();
        }
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            // Told to hurry: a daemon thread that only reads may be left to itself.
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            do {
                follow();
            } while (!closing.await(AGAIN.toMillis(), TimeUnit.MILLISECONDS));
        } catch (WakeupException e) {
            // Closed: nobody asks any more.
            return;
        } catch (InterruptedException | InterruptException e) {
            // Nobody interrupts it but a process that ends.
            Thread.currentThread().interrupt();
        }
    }

    /** Reads the topic from its beginning and goes on until that fails. */
    private void follow() {
        try (Consumer<byte[], byte[]> consumer = consumer()) {
            reader = consumer;
            List<TopicPartition> partitions = IntStream.range(0, topic.partitions())
                    .mapToObj(number -> new TopicPartition(topic.name(), number))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            AtomicReference<Signals> read = new AtomicReference<>(Signals.NONE);
            LogEnd.readTo(
                    consumer,
                    record -> read.updateAndGet(before -> after(before, record)),
                    left -> closing.getCount() > 0);
            if (closing.getCount() == 0) {
                // Half of them would be taken for all: what is paused would seem to go on.
                return;
            }
            problem = null;
            change(read.get());
            known.countDown();
            while (closing.getCount() > 0) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    change(after(signals, record));
                }
            }
        } catch (InterruptException | WakeupException e) {
            throw e;
        } catch (KafkaException e) {
            // What was known last counts; the next attempt comes in a second.
            unreadable(e);
            LOG.atWarn().addKeyValue("cause", e.getMessage()).log("signals can't be read, trying again");
        } catch (RuntimeException e) {
            // A mistake of ours, which must not leave a service paused, or at work, for good.
            unreadable(e);
            LOG.atError().setCause(e).log("signals can't be followed, trying again");
        } finally {
            reader = null;
        }
    }

    private void unreadable(RuntimeException e) {
        problem = "the signals can't be read (" + e.getClass().getSimpleName() + "); what was known last counts";
    }

    private void change(Signals next) {
        Signals before = signals;
        signals = next;
        if (!next.equals(before)) {
            next.latest().forEach((target, signal) -> {
                if (!signal.equals(before.latest().get(target))) {
                    LOG.atInfo().log(signal.words());
                }
            });
            listeners.forEach(Runnable::run);
        }
    }

    /** The state after one record; one that is no signal changes nothing. */
    static Signals after(Signals before, ConsumerRecord<byte[], byte[]> record) {
        try {
            return record.value() == null
                    ? before.without(new String(record.key(), StandardCharsets.UTF_8))
                    : before.plus(Signal.of(record.value()));
        } catch (IllegalArgumentException e) {
            // Written by somebody else, or by a newer version: whoever wrote it sees that nothing stopped.
            LOG.atWarn()
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .log("a record on the topic of signals is none; it is left alone");
            return before;
        }
    }

    private Consumer<byte[], byte[]> consumer() {
        Map<String, Object> properties = new HashMap<>(clients);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return LoneConsumer.ofBytes(properties);
    }
}
