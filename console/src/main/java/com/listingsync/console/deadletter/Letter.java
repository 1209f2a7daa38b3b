package com.listingsync.console.deadletter;

import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.deadletter.LetterId;
import com.listingsync.common.deadletter.ReplayMark;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.wire.KeyText;
import com.listingsync.common.wire.RecordHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** A dead letter: a record that was refused, and what its headers say of the refusal. Immutable but for what its record holds. */
public final class Letter {

    private final ConsumerRecord<byte[], byte[]> record;
    private final LetterHeaders headers;

    Letter(ConsumerRecord<byte[], byte[]> record) {
        this.record = record;
        this.headers = new LetterHeaders(record.headers());
    }

    /** The letter as it stands in Kafka. */
    public ConsumerRecord<byte[], byte[]> record() {
        return record;
    }

    public LetterId id() {
        return new LetterId(record.topic(), record.partition(), record.offset());
    }

    public LetterFamily family() {
        return headers.family();
    }

    /** The stage that refused it: one of ours, or what its family calls it. */
    public String stage() {
        return headers.text(DeadLetter.CONNECT_STAGE).orElseGet(() -> family().wireName());
    }

    /** The service of ours that refused it; empty for letters of others. */
    public Optional<Stage> service() {
        return family() == LetterFamily.LISTING_SYNC ? Stage.of(stage()) : Optional.empty();
    }

    public String code() {
        return headers.code();
    }

    public String message() {
        return headers.message();
    }

    public Optional<String> column() {
        return headers.text(DeadLetter.COLUMN);
    }

    public Optional<Long> httpStatus() {
        return headers.number(DeadLetter.HTTP_STATUS);
    }

    /** How often the stage tried it before it refused. */
    public long attempts() {
        return headers.number(DeadLetter.ATTEMPTS).orElse(1L);
    }

    public Optional<String> exceptionClass() {
        return headers.exceptionClass();
    }

    /** Where the record stood; empty when it came from outside Kafka. */
    public Optional<DeadLetter.Position> origin() {
        return headers.origin();
    }

    /** When it was refused. */
    public Instant at() {
        return Instant.ofEpochMilli(headers.number(DeadLetter.TIMESTAMP).orElse(record.timestamp()));
    }

    /** The run that fetched the record. */
    public Optional<String> run() {
        return headers.text(DeadLetter.RUN);
    }

    /** Kind of a source record; empty for rows. */
    public Optional<String> entity() {
        return headers.text(RecordHeaders.ENTITY);
    }

    /** Table of a row; empty for source records. */
    public Optional<String> table() {
        return headers.text(RecordHeaders.TABLE);
    }

    public Optional<String> connection() {
        return headers.text(RecordHeaders.CONNECTION);
    }

    public Optional<String> feed() {
        return headers.text(RecordHeaders.FEED);
    }

    /** The replay that the record came from; empty for a first refusal. */
    public Optional<ReplayMark> mark() {
        return headers.mark();
    }

    /** How often its record has been replayed before it was refused this time. */
    public int replays() {
        return mark().map(ReplayMark::attempt).orElse(0);
    }

    /** The record's key; empty when it has none. */
    public Optional<String> key() {
        byte @Nullable [] key = record.key();
        return key == null ? Optional.empty() : Optional.of(new String(key, StandardCharsets.UTF_8));
    }

    /** The listing it belongs to: the first part of its key. */
    public Optional<String> listing() {
        return key().map(key -> KeyText.split(key).get(0));
    }

    /** The child, or the id of the row in its table; empty for a listing's own record and for keys of others. */
    public Optional<String> child() {
        List<String> parts = key().map(KeyText::split).orElse(List.of());
        if (parts.size() != 3) {
            return Optional.empty();
        }
        return Optional.of(table().isPresent() ? parts.get(2) : parts.get(1));
    }

    /** Whether this is its listing, its child, the listing it waited for, or its whole key. */
    public boolean isOf(String wanted) {
        return key().filter(wanted::equals).isPresent()
                || listing().filter(wanted::equals).isPresent()
                || child().filter(wanted::equals).isPresent()
                || headers.text(DeadLetter.PARENT).filter(wanted::equals).isPresent();
    }

    /** Whether it has a value; one that did not fit its topic was left out. */
    public boolean hasValue() {
        byte @Nullable [] value = record.value();
        return value != null && value.length > 0;
    }
}
