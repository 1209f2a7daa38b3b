package com.listingsync.console.deadletter;

import com.listingsync.common.topic.Stage;
import com.listingsync.common.topic.Topics;
import com.listingsync.console.kafka.KafkaAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A selection of letters and how they stand at one moment: the index is read when it is opened, and the letters may then be walked
 * through as often as one likes. Confined to one thread.
 */
final class LetterReading implements AutoCloseable {

    private static final LongConsumer UNTOLD = count -> {};

    private final LetterFilter filter;
    private final List<String> topics;
    private final LetterScan scan;
    private final LetterIndex index;

    /**
     * Opens it, and reads what is needed to tell the states of letters.
     *
     * @throws com.listingsync.console.shell.CommandFailure when a topic does not exist
     * @throws org.apache.kafka.common.KafkaException when Kafka can't be read
     */
    LetterReading(KafkaAccess access, int replayLimit, LetterFilter filter) {
        this.filter = filter;
        this.topics = filter.topicsIn(access.topics());
        this.scan = new LetterScan(access);
        this.index = new LetterIndex(access.topics(), replayLimit);
        try {
            readFates(scan, access.topics(), index::fate);
            scan.each(withStages(access.topics()), Optional.empty(), UNTOLD, record -> {
                index.letter(new Letter(record));
                return true;
            });
        } catch (RuntimeException e) {
            // Whoever asked is told; nothing was read that could be lost.
            scan.close();
            throw e;
        }
    }

    /** Hands over the letters that match, in the order of the log within each partition, until nobody wants more. */
    void walk(LongConsumer progress, BiPredicate<Letter, LetterState> taker) {
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

    /** Every fate there is. */
    static void readFates(LetterScan scan, Topics catalogue, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        scan.each(List.of(catalogue.fates().name()), Optional.empty(), UNTOLD, record -> {
            each.accept(record);
            return true;
        });
    }

    @Override
    public void close() {
        scan.close();
    }

    /** A record may have been refused again by another stage than the one that is looked at. */
    private List<String> withStages(Topics catalogue) {
        List<String> all = new ArrayList<>(topics);
        for (Stage stage : Stage.values()) {
            String name = catalogue.deadLetters(stage).name();
            if (!all.contains(name)) {
                all.add(name);
            }
        }
        return all;
    }
}
