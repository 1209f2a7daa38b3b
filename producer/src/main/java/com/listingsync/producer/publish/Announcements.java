package com.listingsync.producer.publish;

import com.listingsync.common.command.ConnectionCard;
import com.listingsync.common.run.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a producer says that belongs to no feed's transaction: why a command can't be followed, and which connections there
 * are. Saying something twice does no harm. Thread-safe.
 */
public final class Announcements implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final KafkaAccess kafka;
    private final Producer<byte[], byte[]> producer;

    public Announcements(KafkaAccess kafka) {
        this.kafka = kafka;
        this.producer = kafka.plain();
    }

    /**
     * Reports to a run.
     *
     * @param acknowledged called once Kafka has all of it, by another thread; never when Kafka refuses
     */
    public void report(String run, List<Outcome> outcomes, Runnable acknowledged) {
        AtomicInteger open = new AtomicInteger(outcomes.size());
        for (Outcome outcome : outcomes) {
            send(kafka.topics().outcomes().name(), run, outcome.bytes(), () -> {
                if (open.decrementAndGet() == 0) {
                    acknowledged.run();
                }
            });
        }
    }

    /**
     * Says that there is such a connection.
     *
     * @throws KafkaException when Kafka does not take it
     */
    public void publish(ConnectionCard card) {
        sendAndWait(card.name(), card.bytes());
    }

    /**
     * Says that there is no connection of this name.
     *
     * @throws KafkaException when Kafka does not take it
     */
    public void withdraw(String connection) {
        sendAndWait(connection, null);
    }

    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }

    private void sendAndWait(String connection, byte @Nullable [] card) {
        Future<?> sent = producer.send(record(kafka.topics().connections().name(), connection, card));
        try {
            sent.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            // Nothing is lost: whoever announces connections tries again.
            throw new KafkaException("connection " + connection + " could not be announced", e.getCause());
        }
    }

    private void send(String topic, String key, byte[] value, Runnable acknowledged) {
        try {
            Future<?> unused = producer.send(record(topic, key, value), (metadata, trouble) -> {
                if (trouble == null) {
                    acknowledged.run();
                } else {
                    unsaid(key, trouble);
                }
            });
        } catch (KafkaException e) {
            // As when it is refused later.
            unsaid(key, e);
        }
    }

    /** The command stays unacknowledged and comes again to whoever has its partition next. */
    private static void unsaid(String run, Exception trouble) {
        LOG.atWarn().addKeyValue("run", run).setCause(trouble).log("a run could not be told of the end of a command");
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, String key, byte @Nullable [] value) {
        return new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value);
    }
}
