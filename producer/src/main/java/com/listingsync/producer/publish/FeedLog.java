package com.listingsync.producer.publish;

import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.deadletter.Fate;
import com.listingsync.common.run.FeedName;
import com.listingsync.common.run.Outcome;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.topic.Topics;
import com.listingsync.common.trace.Tracing;
import com.listingsync.common.wire.ControlKey;
import com.listingsync.common.wire.ListingPartitioner;
import com.listingsync.common.wire.RecordHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
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

    /** The checkpoint itself, apart from its parts. */
    private static final String WHOLE = "";

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final FeedName feed;
    private final Topics topics;
    private final Clock clock;
    private final Producer<byte[], byte[]> producer;
    private final Supplier<Map<String, byte[]>> committed;
    private @Nullable Map<String, byte[]> checkpoints;
    private final PageTrace trace;
    private boolean inTransaction;

    FeedLog(
            FeedName feed,
            Topics topics,
            Clock clock,
            Producer<byte[], byte[]> producer,
            Supplier<Map<String, byte[]>> committed,
            Tracing tracing) {
        this.feed = feed;
        this.topics = topics;
        this.clock = clock;
        this.producer = producer;
        this.committed = committed;
        this.trace = new PageTrace(tracing, feed);
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
            return new FeedLog(
                    feed, kafka.topics(), clock, producer, () -> lastCheckpoints(kafka, feed), kafka.tracing());
        } catch (RuntimeException e) {
            // Nothing was written; whoever asked for the feed tries again.
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    /** The checkpoint as it was committed when this log took over; empty when the feed was never read. */
    public Optional<byte[]> checkpoint() {
        return checkpoint(WHOLE);
    }

    /** What was committed under the name of a part of the checkpoint when this log took over; empty for nothing. */
    public Optional<byte[]> checkpoint(String part) {
        Map<String, byte[]> known = checkpoints;
        if (known == null) {
            known = committed.get();
            checkpoints = known;
        }
        return Optional.ofNullable(known.get(part));
    }

    /** What comes next was asked for at this time; for the trace of its page. */
    public void askedAt(Instant asked) {
        trace.askedAt(asked);
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
        trace.sending(source, record.headers(), clock);
        put(record);
    }

    /** Puts a record on the dead-letter topic of this stage. */
    public void refuse(Refusal refusal) {
        byte[] key = refusal.key().bytes();
        byte @Nullable [] value = refusal.value();
        // What would make the letter larger than its topic takes is left out; without a key of its own it has the
        // feed's.
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topics.deadLetters(Stage.PRODUCER).name(),
                key.length > DeadLetter.KEY_BYTES ? key(feed) : key,
                value == null || value.length > DeadLetter.VALUE_BYTES ? null : value);
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

    /**
     * Says that a row which was refused stands in its tab no more as it was: its dead letter has been overtaken.
     *
     * @param tab the tab's feed
     * @param fingerprint code and content of the row
     */
    public void mended(FeedName tab, String fingerprint) {
        long now = clock.millis();
        put(new Fate.Overtaken(tab.toString(), fingerprint, now, now).record(topics));
    }

    /** Reports what became of the feed in a run. */
    public void report(String run, List<Outcome> outcomes) {
        for (Outcome outcome : outcomes) {
            put(new ProducerRecord<>(topics.outcomes().name(), run.getBytes(StandardCharsets.UTF_8), outcome.bytes()));
        }
    }

    /** Moves one part of the feed's checkpoint. */
    public void moveCheckpoint(String part, byte[] to) {
        byte[] key = ControlKey.of(feed.connection(), feed.feed(), part);
        put(new ProducerRecord<>(topics.checkpoints().name(), key, to));
    }

    /**
     * Notes since when a record is missing at its server.
     *
     * @param place the text of its source key
     * @param since null for: no more
     */
    public void noteAbsence(String place, byte @Nullable [] since) {
        byte[] key = ControlKey.of(feed.connection(), feed.feed(), place);
        put(new ProducerRecord<>(topics.absences().name(), key, since));
    }

    /** Moves the feed's checkpoint. */
    public void moveCheckpoint(byte[] to) {
        put(new ProducerRecord<>(topics.checkpoints().name(), key(feed), to));
    }

    /** Makes everything since {@link #begin()} visible, at once. */
    public void commit() {
        producer.commitTransaction();
        inTransaction = false;
        trace.committed();
    }

    /** Drops everything since {@link #begin()}; nothing happens outside a transaction. */
    public void abort() {
        trace.dropped();
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

    /** The last committed checkpoint of a feed by the names of its parts. */
    private static Map<String, byte[]> lastCheckpoints(KafkaAccess kafka, FeedName feed) {
        Topics topics = kafka.topics();
        TopicPartition partition = new TopicPartition(
                topics.checkpoints().name(), ListingPartitioner.partition(key(feed), topics.partitions()));
        Map<String, byte[]> last = new HashMap<>();
        new CommittedReader(kafka).readAll(List.of(partition), record -> {
            List<String> parts = ControlKey.parts(record.key());
            if (parts.size() >= 2
                    && parts.get(0).equals(feed.connection())
                    && parts.get(1).equals(feed.feed())) {
                last.put(parts.size() == 2 ? WHOLE : parts.get(2), record.value());
            }
        });
        last.values().removeIf(value -> value == null);
        return last;
    }

    private void put(ProducerRecord<byte[], byte[]> record) {
        // A record that can't be written fails the commit of its transaction, so nobody need look at each.
        Future<?> unused = producer.send(record);
    }

    private static byte[] key(FeedName feed) {
        return ControlKey.of(feed.connection(), feed.feed());
    }
}
