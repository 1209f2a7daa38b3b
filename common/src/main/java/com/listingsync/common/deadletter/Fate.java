package com.listingsync.common.deadletter;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.listingsync.common.run.Tally;
import com.listingsync.common.topic.Topics;
import com.listingsync.common.wire.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Something that became of a dead letter, on {@code dead-letters.fates}. The state of a letter is derived from its fates, and
 * each is written in the transaction of the work it reports. Times are milliseconds since 1970.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Fate.Replayed.class, name = "replayed"),
    @JsonSubTypes.Type(value = Fate.Became.class, name = "became"),
    @JsonSubTypes.Type(value = Fate.Discarded.class, name = "discarded"),
    @JsonSubTypes.Type(value = Fate.Overtaken.class, name = "overtaken")
})
public sealed interface Fate {

    /** When it was reported. */
    long at();

    /** Calls the function made for this case. */
    <T> T fold(
            Function<Replayed, T> replayed,
            Function<Became, T> became,
            Function<Discarded, T> discarded,
            Function<Overtaken, T> overtaken);

    /**
     * Its record was sent again; what comes of it is reported by the stages, or is another dead letter with its mark.
     *
     * @param letter the letter
     * @param attempt how often its record has been replayed by now
     * @param action id of the action on the audit trail
     */
    record Replayed(LetterId letter, int attempt, String action, long at) implements Fate {
        @Override
        public <T> T fold(
                Function<Replayed, T> whenReplayed,
                Function<Became, T> whenBecame,
                Function<Discarded, T> whenDiscarded,
                Function<Overtaken, T> whenOvertaken) {
            return whenReplayed.apply(this);
        }
    }

    /**
     * A stage has dealt with its replayed record.
     *
     * @param letter the letter
     * @param attempt which replay of the record it was
     * @param counts what a run's books would say of the record: {@code written}, {@code skipped.stale}, {@code parked} …
     */
    record Became(LetterId letter, int attempt, Tally counts, long at) implements Fate {
        @Override
        public <T> T fold(
                Function<Replayed, T> whenReplayed,
                Function<Became, T> whenBecame,
                Function<Discarded, T> whenDiscarded,
                Function<Overtaken, T> whenOvertaken) {
            return whenBecame.apply(this);
        }
    }

    /**
     * A person does not want it any more.
     *
     * @param letter the letter
     * @param action id of the action on the audit trail, where the reason is
     */
    record Discarded(LetterId letter, String action, long at) implements Fate {
        @Override
        public <T> T fold(
                Function<Replayed, T> whenReplayed,
                Function<Became, T> whenBecame,
                Function<Discarded, T> whenDiscarded,
                Function<Overtaken, T> whenOvertaken) {
            return whenDiscarded.apply(this);
        }
    }

    /**
     * A newer record of the same key has come: every letter of that key whose record stands before it is of no use any more.
     *
     * @param topic where the newer record stands
     * @param recordKey its key, UTF-8
     * @param offset its offset, in the partition of its key
     */
    record Overtaken(String topic, String recordKey, long offset, long at) implements Fate {
        @Override
        public <T> T fold(
                Function<Replayed, T> whenReplayed,
                Function<Became, T> whenBecame,
                Function<Discarded, T> whenDiscarded,
                Function<Overtaken, T> whenOvertaken) {
            return whenOvertaken.apply(this);
        }
    }

    /** The key of its record: of the letter it is about, or of the records that were overtaken. */
    default byte[] key() {
        return fold(
                replayed -> replayed.letter().key(),
                became -> became.letter().key(),
                discarded -> discarded.letter().key(),
                overtaken -> overtaken.recordKey().getBytes(StandardCharsets.UTF_8));
    }

    /** UTF-8 JSON object with a {@code type} field. */
    default byte[] bytes() {
        try {
            return Json.MAPPER.writerFor(Fate.class).writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a fate of plain values can't be written as JSON", e);
        }
    }

    /** The record of it, for a producer that partitions as all of ours do. */
    default ProducerRecord<byte[], byte[]> record(Topics topics) {
        return new ProducerRecord<>(topics.fates().name(), key(), bytes());
    }

    /**
     * The fate in these bytes.
     *
     * @throws IllegalArgumentException when they are not one
     */
    static Fate of(byte[] bytes) {
        try {
            return Json.MAPPER.readValue(bytes, Fate.class);
        } catch (IOException e) {
            throw new IllegalArgumentException("not a fate: expected an object with a known type", e);
        }
    }
}
