package com.listingsync.console.api;

import com.listingsync.console.http.Reply;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.kafka.LatestRecords;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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
 * What was answered to calls with an {@code Idempotency-Key}, on {@code sync.answers}: the same call again gets the same answer and
 * nothing is done twice, whichever console it comes to and however often consoles were restarted. A console that is about to follow
 * a call says so there and reads on to its own word: the one whose word stands first does it. Thread-safe.
 */
final class AnswerLog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AnswerLog.class);
    private static final Duration POLL = Duration.ofMillis(200);

    /** A record has at most 1 MiB; answers to calls that change anything have a few hundred bytes. */
    private static final int LONGEST = 512 << 10;

    private final KafkaAccess access;
    private final InstantSource clock;
    private Repetitions known = new Repetitions();
    private @Nullable Consumer<byte[], byte[]> consumer;
    private @Nullable Producer<byte[], byte[]> producer;

    AnswerLog(KafkaAccess access, InstantSource clock) {
        this.access = access;
        this.clock = clock;
    }

    /** A call that is to be followed, or was. */
    interface Turn {
        /** The answer that it got before; empty when it is to be followed now. */
        Optional<Reply.Whole> answered();

        /** It was followed. */
        void ended(Reply.Whole reply);

        /** It was not followed: it may be tried again. */
        void dropped();
    }

    /**
     * Begins a call.
     *
     * @param key who calls what with which key
     * @param body what the call says
     * @throws com.listingsync.console.http.Problem (409) when it was begun and has no answer, (422) when the key was used for
     *     something else
     * @throws KafkaException when Kafka does not answer; nothing is to be done then
     * @throws com.listingsync.console.shell.CommandFailure when there is no such topic
     */
    Turn begin(String key, byte[] body) {
        RepetitionNote begun = new RepetitionNote(
                hash(key.getBytes(StandardCharsets.UTF_8)),
                RepetitionNote.Phase.BEGUN,
                UUID.randomUUID().toString(),
                hash(body),
                clock.millis(),
                null);
        Optional<Reply.Whole> before = before(begun);
        if (before.isEmpty()) {
            write(begun);
            before = isFirst(begun) ? Optional.empty() : before(begun);
        }
        return turn(begun, before);
    }

    @Override
    public synchronized void close() {
        forget();
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }

    private Turn turn(RepetitionNote begun, Optional<Reply.Whole> before) {
        return new Turn() {
            @Override
            public Optional<Reply.Whole> answered() {
                return before;
            }

            @Override
            public void ended(Reply.Whole reply) {
                if (reply.body().length <= LONGEST) {
                    tell(begun.then(RepetitionNote.Phase.ANSWERED, RepetitionNote.Answer.of(reply), clock.millis()));
                }
            }

            @Override
            public void dropped() {
                tell(begun.then(RepetitionNote.Phase.DROPPED, null, clock.millis()));
            }
        };
    }

    private synchronized Optional<Reply.Whole> before(RepetitionNote call) {
        readToEnd();
        return known.answer(call.call(), call.body(), call.at());
    }

    private synchronized boolean isFirst(RepetitionNote begun) {
        readToEnd();
        return known.isBegunBy(begun.call(), begun.token());
    }

    private void readToEnd() {
        try {
            Consumer<byte[], byte[]> reader = reader();
            Map<TopicPartition, Long> ends = reader.endOffsets(reader.assignment());
            while (ends.entrySet().stream().anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
                reader.poll(POLL).forEach(this::take);
            }
        } catch (KafkaException e) {
            // Whatever it was, the next call reads anew, from the beginning; this one is not followed.
            forget();
            throw e;
        }
    }

    private Consumer<byte[], byte[]> reader() {
        Consumer<byte[], byte[]> open = consumer;
        if (open == null) {
            open = access.consumer(KafkaAccess.TO_THE_END);
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

    /** The work is done or refused, and its caller is answered in any case; a repetition is told that there is no answer then. */
    private void tell(RepetitionNote note) {
        try {
            write(note);
        } catch (KafkaException e) {
            LOG.atWarn()
                    .addKeyValue("reason", e.getMessage())
                    .log("the answer to a call with an Idempotency-Key could not be kept");
        }
    }

    private void write(RepetitionNote note) {
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

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
