package com.listingsync.producer.publish;

import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.run.FeedName;
import com.listingsync.common.run.Outcome;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.topic.Topics;
import com.listingsync.common.wire.ControlKey;
import com.listingsync.common.wire.ListingPartitioner;
import com.listingsync.common.wire.RecordHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one feed on Kafka, and the only hand that writes it: opening one ends every other holder of the same
 * feed (its transactional id), and only then reads the checkpoint, so no commit of a predecessor is missed.
 *
 * <p>A transaction is {@link #begin()}, any number of {@link #send}, {@link #refuse}, {@link
 * #report} and {@link #moveCheckpoint}, then {@link
 * #commit} or {@link #abort}. After a {@link KafkaException} from any of them the log is of no more use: close it and open
 * another. Confined to the thread that runs the feed.
 */
public final class FeedLog implements AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final FeedName feed;
    private final Topics topics;
    private final Clock clock;
    private final Producer<byte[], byte[]> producer;
    private final Supplier<Optional<byte[]>> committed;
    private @Nullable Optional<byte[]> checkpoint;
    private boolean inTransaction;

    FeedLog(
            FeedName feed,
            Topics topics,
            Clock clock,
            Producer<byte[], byte[]> producer,
            Supplier<Optional<byte[]>> committed) {
        this.feed = feed;
        this.topics = topics;
        this.clock = clock;
        this.producer = producer;
        this.committed = committed;
    }

    /**
     * Takes the feed over and reads its checkpoint.
     *
     * @throws KafkaException when Kafka can't be reached or refuses
     */
    public static FeedLog open(KafkaAccess kafka, FeedName feed, Clock clock) {
        FeedLog claimed = claim(kafka, feed, clock);
        try {
            Optional<byte[]> unused = claimed.checkpoint();
            return claimed;
        } catch (RuntimeException e) {
            // Nothing was written; whoever asked for the feed tries again.
            claimed.close();
            throw e;
        }
    }

    /**
     * Takes the feed over; its checkpoint is read when it is asked for. That waits for the transactions of all feeds nearby,
     * so who takes several over claims them all before reading any: a dead producer's transactions end with its claims.
     *
     * @throws KafkaException when Kafka can't be reached or refuses
     */
    public static FeedLog claim(KafkaAccess kafka, FeedName feed, Clock clock) {
        Producer<byte[], byte[]> producer = kafka.transactional(feed.connection(), feed.feed());
        try {
            producer.initTransactions();
            return new FeedLog(feed, kafka.topics(), clock, producer, () -> lastCheckpoint(kafka, feed));
        } catch (RuntimeException e) {
            // Nothing was written; whoever asked for the feed tries again.
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    /** The checkpoint as it was committed when this log took over; empty when the feed was never read. */
    public Optional<byte[]> checkpoint() {
        Optional<byte[]> known = checkpoint;
        if (known == null) {
            known = committed.get();
            checkpoint = known;
        }
        return known;
    }

    public void begin() {
        producer.beginTransaction();
        inTransaction = true;
    }

    /** Puts a record on its source topic. */
    public void send(SourceRecord source) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topics.source(source.event().entity()).name(), source.key().bytes(), source.value());
        RecordHeaders.write(source.event(), record.headers());
        put(record);
    }

    /** Puts a record on the dead-letter topic of this stage. */
    public void refuse(Refusal refusal) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topics.deadLetters(Stage.PRODUCER).name(), refusal.key().bytes(), refusal.value());
        Headers origin = new org.apache.kafka.common.header.internals.RecordHeaders();
        RecordHeaders.write(refusal.event(), origin);
        new DeadLetter(
                        Stage.PRODUCER,
                        refusal.code(),
                        refusal.message(),
                        refusal.column(),
                        Optional.empty(),
                        1,
                        Optional.empty(),
                        Optional.empty(),
                        clock.instant())
                .write(origin, record.headers());
        put(record);
    }

    /** Reports what became of the feed in a run. */
    public void report(String run, List<Outcome> outcomes) {
        for (Outcome outcome : outcomes) {
            put(new ProducerRecord<>(topics.outcomes().name(), run.getBytes(StandardCharsets.UTF_8), outcome.bytes()));
        }
    }

    /** Moves the feed's checkpoint. */
    public void moveCheckpoint(byte[] to) {
        put(new ProducerRecord<>(topics.checkpoints().name(), key(feed), to));
    }

    /** Makes everything since {@link #begin()} visible, at once. */
    public void commit() {
        producer.commitTransaction();
        inTransaction = false;
    }

    /** Drops everything since {@link #begin()}; nothing happens outside a transaction. */
    public void abort() {
        if (inTransaction) {
            producer.abortTransaction();
            inTransaction = false;
        }
    }

    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            abort();
        } catch (KafkaException e) {
            // The transaction stays open: whoever takes the feed over aborts it, or its timeout does.
        }
        producer.close(CLOSE_TIMEOUT);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "log of " + feed;
    }

    /** The last committed checkpoint of a feed. */
    private static Optional<byte[]> lastCheckpoint(KafkaAccess kafka, FeedName feed) {
        byte[] key = key(feed);
        Topics topics = kafka.topics();
        TopicPartition partition =
                new TopicPartition(topics.checkpoints().name(), ListingPartitioner.partition(key, topics.partitions()));
        AtomicReference<byte @Nullable []> last = new AtomicReference<>();
        new CommittedReader(kafka).readAll(List.of(partition), record -> {
            if (Arrays.equals(record.key(), key)) {
                last.set(record.value());
            }
        });
        return Optional.ofNullable(last.get());
    }

    private void put(ProducerRecord<byte[], byte[]> record) {
        // A record that can't be written fails the commit of its transaction, so nobody need look at each.
        Future<?> unused = producer.send(record);
    }

    private static byte[] key(FeedName feed) {
        return ControlKey.of(feed.connection(), feed.feed());
    }
}
