package com.listingsync.console.deadletter;

import com.listingsync.common.deadletter.LetterId;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.topic.Topics;
import com.listingsync.common.wire.ListingPartitioner;
import com.listingsync.console.kafka.KafkaAccess;
import java.util.ArrayList;
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

    private static final LongConsumer UNTOLD = count -> {};

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
            letters.add(0, newest.remove());
        }
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
        List<String> topics = filter.topicsIn(access.topics());
        try (LetterScan scan = new LetterScan(access)) {
            LetterIndex index = index(scan, topics);
            LetterScan.Taker matching = record -> {
                Letter letter = new Letter(record);
                if (!filter.matches(letter)) {
                    return true;
                }
                LetterState state = index.stateOf(letter);
                return !filter.states().contains(state) || taker.test(letter, state);
            };
            if (filter.ids().isEmpty()) {
                scan.each(topics, filter.from(), progress, matching);
            } else {
                scan.at(filter.ids(), matching);
            }
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
            readFates(scan, index, Optional.of(id), fates);
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

    /** Everything that is needed to tell the states of letters on these topics. */
    private LetterIndex index(LetterScan scan, List<String> topics) {
        LetterIndex index = new LetterIndex(access.topics(), replayLimit);
        readFates(scan, index, Optional.empty(), new ArrayList<>());
        List<String> all = new ArrayList<>(topics);
        for (Stage stage : Stage.values()) {
            String name = access.topics().deadLetters(stage).name();
            if (!all.contains(name)) {
                all.add(name);
            }
        }
        scan.each(all, Optional.empty(), UNTOLD, record -> {
            index.letter(new Letter(record));
            return true;
        });
        return index;
    }

    private void readFates(
            LetterScan scan, LetterIndex index, Optional<LetterId> of, List<ConsumerRecord<byte[], byte[]>> itsFates) {
        Topics catalogue = access.topics();
        scan.each(List.of(catalogue.fates().name()), Optional.empty(), UNTOLD, record -> {
            index.fate(record);
            of.filter(id -> java.util.Arrays.equals(id.key(), record.key())).ifPresent(id -> itsFates.add(record));
            return true;
        });
    }

    /** Our own topics all have as many partitions; of others' letters only their own fates matter. */
    private int partitionOf(LetterId id) {
        return id.partition() % Math.max(1, access.topics().partitions());
    }

    /** Where the fates of a letter are. */
    static int fatePartition(LetterId id, Topics topics) {
        return ListingPartitioner.partition(id.key(), topics.partitions());
    }
}
