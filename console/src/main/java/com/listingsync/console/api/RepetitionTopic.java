package com.listingsync.console.api;

import com.listingsync.common.topic.LogEnd;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.kafka.LatestRecords;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code sync.answers}, written and read to its end. Its clients are made when they are first needed, and the reading one anew after a
 * failure. Writing is thread-safe; whoever reads holds its lock for as long as what was read is looked at.
 */
final class RepetitionTopic implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RepetitionTopic.class);

    private final KafkaAccess access;
    private Repetitions known = new Repetitions();
    private @Nullable Consumer<byte[], byte[]> consumer;
    private @Nullable Producer<byte[], byte[]> producer;

    RepetitionTopic(KafkaAccess access) {
        this.access = access;
    }

    /**
     * All that stands there now.
     *
     * @throws KafkaException when Kafka does not answer
     * @throws com.listingsync.console.shell.CommandFailure when there is no such topic
     */
    synchronized Repetitions read() {
        try {
            LogEnd.readTo(reader(), this::take);
            return known;
        } catch (KafkaException e) {
            // Whatever it was, the next call reads anew, from the beginning; this one is not followed.
            forget();
            throw e;
        }
    }

    /**
     * Writes a note; when this returns, every reader finds it.
     *
     * @throws KafkaException when it was not written, or nobody knows
     */
    void write(RepetitionNote note) {
        try {
            writer().send(new ProducerRecord<>(
                            access.topics().answers().name(),
                            note.call().getBytes(StandardCharsets.UTF_8),
                            note.bytes()))
                    .get();
        } catch (ExecutionException e) {
            // Nothing was written, or nobody knows: whoever was about to act does not begin.
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            // The console stops.
            throw new InterruptException(e);
        }
    }

    private synchronized Producer<byte[], byte[]> writer() {
        Producer<byte[], byte[]> open = producer;
        if (open == null) {
            open = access.plain();
            producer = open;
        }
        return open;
    }

    @Override
    public synchronized void close() {
        forget();
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }

    private Consumer<byte[], byte[]> reader() {
        Consumer<byte[], byte[]> open = consumer;
        if (open == null) {
            open = access.consumer();
            consumer = open;
            known = new Repetitions();
            try {
                List<TopicPartition> partitions =
                        LatestRecords.partitions(open, access.topics().answers());
                open.assign(partitions);
                open.seekToBeginning(partitions);
            } catch (RuntimeException e) {
                // No such topic, or Kafka is away: not to be taken for a reader that has read nothing.
                forget();
                throw e;
            }
        }
        return open;
    }

    private void forget() {
        if (consumer != null) {
            consumer.close();
            consumer = null;
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        try {
            known.take(RepetitionNote.of(record.value()));
        } catch (IllegalArgumentException e) {
            // Somebody else wrote there, nothing that any console has answered.
            LOG.atWarn()
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .log("a record on the topic of answers is none");
        }
    }
}
