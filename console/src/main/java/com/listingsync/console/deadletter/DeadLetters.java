package com.listingsync.console.deadletter;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.deadletter.LetterId;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.wire.Json;
import com.listingsync.console.kafka.KafkaAccess;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.BiPredicate;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Dead letters for whoever asks: listed, counted, shown, walked through. Reads only. Stateless; every call has clients of its own
 * and reads what is there now.
 */
public final class DeadLetters {

    private final KafkaAccess access;
    private final int replayLimit;

    /** @param replayLimit replays after which a letter that is refused again is parked; at least 1 */
    public DeadLetters(KafkaAccess access, int replayLimit) {
        this.access = access;
        this.replayLimit = replayLimit;
    }

    /**
     * Part of a list.
     *
     * @param letters the newest, newest first
     * @param matching how many there are in all
     */
    public record Page(List<LetterSummary> letters, long matching) {
        public Page {
            letters = List.copyOf(letters);
        }

        /** The document of {@code dlq list --json} and of the API. */
        public ObjectNode json() {
            ObjectNode json = Json.MAPPER.createObjectNode().put("matching", matching);
            ArrayNode array = json.putArray("letters");
            letters.forEach(letter -> array.add(letter.json()));
            return json;
        }
    }

    /**
     * The newest letters of a selection.
     *
     * @param most how many, at least 1; memory holds no more
     * @param progress told now and then how many letters have been read
     * @throws com.listingsync.console.shell.CommandFailure when a topic does not exist
     * @throws org.apache.kafka.common.KafkaException when Kafka can't be read
     */
    public Page newest(LetterFilter filter, int most, LongConsumer progress) {
        PriorityQueue<LetterSummary> newest = new PriorityQueue<>(Comparator.comparing(LetterSummary::at)
                .thenComparing(letter -> letter.id().toString()));
        long[] matching = {0};
        walk(filter, progress, (letter, state) -> {
            matching[0]++;
            newest.add(LetterSummary.of(letter, state));
            if (newest.size() > most) {
                newest.remove();
            }
            return true;
        });
        List<LetterSummary> letters = new ArrayList<>(newest.size());
        while (!newest.isEmpty()) {
            letters.add(newest.remove());
        }
        Collections.reverse(letters);
        return new Page(letters, matching[0]);
    }

    /** A selection, counted by stage and cause; otherwise as {@link #newest}. */
    public LetterStats stats(LetterFilter filter, LongConsumer progress) {
        LetterStats stats = new LetterStats();
        walk(filter, progress, (letter, state) -> {
            stats.add(letter, state);
            return true;
        });
        return stats;
    }

    /**
     * Hands over the letters of a selection one by one, in the order of the log within each partition, until there are no more or
     * nobody wants more.
     *
     * @param taker takes a letter and its state; returns whether it wants more
     */
    public void walk(LetterFilter filter, LongConsumer progress, BiPredicate<Letter, LetterState> taker) {
        try (LetterReading reading = new LetterReading(access, replayLimit, filter)) {
            reading.walk(progress, taker);
        }
    }

    /** One letter whole; empty when it is not there (any more). */
    public Optional<LetterView> show(LetterId id) {
        try (LetterScan scan = new LetterScan(access)) {
            Optional<ConsumerRecord<byte[], byte[]>> record = scan.one(id);
            if (record.isEmpty()) {
                return Optional.empty();
            }
            List<ConsumerRecord<byte[], byte[]>> fates = new ArrayList<>();
            LetterIndex index = new LetterIndex(access.topics(), replayLimit);
            LetterReading.readFates(scan, access.topics(), fate -> {
                index.fate(fate);
                if (Arrays.equals(id.key(), fate.key())) {
                    fates.add(fate);
                }
            });
            for (Stage stage : Stage.values()) {
                scan.partition(access.topics().deadLetters(stage).name(), partitionOf(id), each -> {
                    index.letter(new Letter(each));
                    return true;
                });
            }
            Letter letter = new Letter(record.get());
            return Optional.of(LetterView.of(letter, index.stateOf(letter), fates));
        }
    }

    /** Our own topics all have as many partitions; of others' letters only their own fates matter. */
    private int partitionOf(LetterId id) {
        return id.partition() % Math.max(1, access.topics().partitions());
    }
}
