package com.listingsync.console.deadletter;

import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.deadletter.DeadLetter.Position;
import com.listingsync.common.deadletter.ReplayMark;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.topic.Topics;
import com.listingsync.common.wire.ListingPartitioner;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.console.shell.CommandFailure;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * How a letter's record goes back to where it failed: a row onto the rows topic, a source record onto its source topic, what the producer
 * refused onto the source topic it was meant for, anything else onto the topic that its headers name. What tells of the refusal is
 * taken off, and the mark put on. Immutable.
 *
 * <p>The content hash stays that of the record as its source gave it, also when the value is edited: the same words from the source
 * are then known as what they are, and do not undo the correction.
 */
final class ReEntry {

    private final Topics topics;
    private final Optional<Edit> edit;
    private final Placement placement;

    /** @param placement what a person says of the key and the version of records that had none */
    ReEntry(Topics topics, Optional<Edit> edit, Placement placement) {
        this.topics = topics;
        this.edit = edit;
        this.placement = placement;
    }

    /**
     * The record to send.
     *
     * @throws CommandFailure when it would only be refused again, or can't be made; says what to do
     */
    ProducerRecord<byte[], byte[]> of(Letter letter) {
        ReplayMark mark = new ReplayMark(letter.id(), letter.replays() + 1);
        if (letter.service().filter(Stage.PRODUCER::equals).isPresent()) {
            return new SourceAdmission(topics, placement).of(letter, mark, edited(letter), edit.isPresent());
        }
        Position origin = letter.origin()
                .orElseThrow(() -> new CommandFailure("letter " + letter.id()
                        + " does not say which topic its record came from, so it can't go back"));
        byte @Nullable [] key = letter.record().key();
        byte @Nullable [] value = value(letter, origin);
        return new ProducerRecord<>(origin.topic(), partition(letter, origin), null, key, value, headers(letter, mark));
    }

    private byte @Nullable [] value(Letter letter, Position origin) {
        if (letter.hasValue() || edit.isPresent()) {
            return edited(letter);
        }
        boolean delete = letter.record().value() == null
                && RecordHeaders.text(letter.record().headers(), RecordHeaders.OPERATION)
                        .filter("delete"::equals)
                        .isPresent();
        if (!delete && letter.family() == LetterFamily.LISTING_SYNC) {
            throw new CommandFailure(
                    "the value of letter " + letter.id() + " was left out, because it was too large; the record"
                            + " stands at " + origin.topic() + "/" + origin.partition() + "/" + origin.offset()
                            + ", and goes the whole way again by './listing-sync reprocess --keys'");
        }
        return letter.record().value();
    }

    private byte[] edited(Letter letter) {
        byte @Nullable [] value = letter.record().value();
        byte[] before = value == null ? new byte[0] : value;
        try {
            return edit.isPresent() ? edit.get().apply(before) : before;
        } catch (CommandFailure e) {
            // The edit does not fit this letter: nothing of it is sent, and whoever asked is told which.
            throw new CommandFailure("letter " + letter.id() + ": " + e.getMessage(), e);
        }
    }

    private @Nullable Integer partition(Letter letter, Position origin) {
        byte @Nullable [] key = letter.record().key();
        if (letter.family() != LetterFamily.LISTING_SYNC) {
            return origin.partition();
        }
        return key == null ? origin.partition() : ListingPartitioner.partition(key, topics.partitions());
    }

    private static Headers headers(Letter letter, ReplayMark mark) {
        Headers headers = new org.apache.kafka.common.header.internals.RecordHeaders();
        for (Header header : letter.record().headers()) {
            boolean keep = letter.family() == LetterFamily.LISTING_SYNC
                    ? !header.key().equals(DeadLetter.PARENT)
                    : !header.key().startsWith("__streams.errors.");
            if (keep && !DeadLetter.tellsOfRefusal(header.key())) {
                headers.add(header);
            }
        }
        mark(headers, mark, letter.family() == LetterFamily.LISTING_SYNC);
        return headers;
    }

    /** Puts the mark on; where records have runs, in the run's place. */
    static void mark(Headers headers, ReplayMark mark, boolean ours) {
        headers.remove(ReplayMark.REPLAY_OF);
        headers.remove(ReplayMark.REPLAY_ATTEMPT);
        RecordHeaders.put(headers, ReplayMark.REPLAY_OF, mark.letter().toString());
        RecordHeaders.put(headers, ReplayMark.REPLAY_ATTEMPT, Integer.toString(mark.attempt()));
        if (ours) {
            headers.remove(RecordHeaders.RUN);
            RecordHeaders.put(headers, RecordHeaders.RUN, mark.run());
        }
    }
}
