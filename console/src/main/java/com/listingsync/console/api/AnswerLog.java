package com.listingsync.console.api;

import com.listingsync.console.http.Problem;
import com.listingsync.console.http.Reply;
import com.listingsync.console.kafka.KafkaAccess;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was answered to calls with an {@code Idempotency-Key}, on {@code sync.answers}: the same call again gets the same answer and
 * nothing is done twice, whichever console it comes to and however often consoles were restarted. A console that is about to follow
 * a call says so there and reads on to its own word: the one whose word stands first does it. Thread-safe.
 */
final class AnswerLog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AnswerLog.class);

    /** A record has at most 1 MiB; answers to calls that change anything have a few hundred bytes. */
    private static final int LONGEST = 512 << 10;

    private final RepetitionTopic topic;
    private final InstantSource clock;

    /** What Kafka did not take, or may not have taken; said before anything else is. */
    private final Deque<RepetitionNote> owed = new ConcurrentLinkedDeque<>();

    AnswerLog(KafkaAccess access, InstantSource clock) {
        this.topic = new RepetitionTopic(access);
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
     * @throws Problem (409) when it was begun and has no answer, (422) when the key was used for
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
        settle();
        Optional<Reply.Whole> before = before(begun);
        if (before.isEmpty()) {
            begin(begun);
            if (!isFirst(begun)) {
                before = before(begun);
                if (before.isEmpty()) {
                    throw Problem.of(409, "Idempotency-Key: the same request was just refused; send it again");
                }
            }
        }
        return turn(begun, before);
    }

    private void begin(RepetitionNote begun) {
        try {
            topic.write(begun);
        } catch (KafkaException e) {
            // The call is not followed; should its note stand there all the same, it is taken back.
            owed.add(begun.then(RepetitionNote.Phase.DROPPED, null, begun.at()));
            throw e;
        }
    }

    @Override
    public void close() {
        topic.close();
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

    private Optional<Reply.Whole> before(RepetitionNote call) {
        synchronized (topic) {
            return topic.read().answer(call.call(), call.body(), call.at());
        }
    }

    private boolean isFirst(RepetitionNote begun) {
        synchronized (topic) {
            return topic.read().isBegunBy(begun.call(), begun.token());
        }
    }

    /** The work is done or refused, and its caller is answered in any case. */
    private void tell(RepetitionNote note) {
        try {
            topic.write(note);
        } catch (KafkaException e) {
            // A repetition that comes before it is said is told that there is no answer.
            owed.add(note);
            LOG.atWarn()
                    .addKeyValue("reason", e.getMessage())
                    .log("the answer to a call with an Idempotency-Key could not be kept yet");
        }
    }

    private void settle() {
        RepetitionNote note = owed.poll();
        while (note != null) {
            try {
                topic.write(note);
            } catch (KafkaException e) {
                // Kafka is still away; so it is for the call that comes now.
                owed.addFirst(note);
                throw e;
            }
            note = owed.poll();
        }
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
