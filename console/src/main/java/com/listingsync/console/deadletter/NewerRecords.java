package com.listingsync.console.deadletter;

import com.listingsync.common.event.Entity;
import com.listingsync.common.topic.Topics;
import com.listingsync.console.kafka.KafkaAccess;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Whether the log already holds a newer record of a letter's key. The topics of sources and rows are compacted: the last record of a
 * key is what remains, so an older one that is put behind a newer one would be all that a rebuild finds. What is replayed is
 * therefore looked up in the log itself, from where the oldest of the letters stood. Confined to one thread.
 */
final class NewerRecords {

    private final Set<String> compacted = new HashSet<>();
    private final NumberIndex wanted = new NumberIndex();
    private final Map<TopicPartition, Long> from = new HashMap<>();

    NewerRecords(Topics topics) {
        for (Entity entity : Entity.values()) {
            compacted.add(topics.source(entity).name());
        }
        compacted.add(topics.rows().name());
    }

    /** Takes a letter in that is to be looked up. */
    void want(Letter letter) {
        byte[] key = letter.record().key();
        letter.origin()
                .filter(origin -> key != null && compacted.contains(origin.topic()))
                .ifPresent(origin -> {
                    wanted.merge(LetterIndex.hash(origin.topic(), key), origin.offset(), Math::max);
                    from.merge(new TopicPartition(origin.topic(), origin.partition()), origin.offset(), Math::min);
                });
    }

    /** Reads the log from the oldest letter to its end. */
    void look(KafkaAccess access, LongConsumer progress) {
        if (from.isEmpty()) {
            return;
        }
        try (LetterScan scan = new LetterScan(access)) {
            scan.from(from, progress, record -> {
                if (record.key() != null) {
                    long hash = LetterIndex.hash(record.topic(), record.key());
                    if (wanted.get(hash, LetterIndex.NOWHERE) != LetterIndex.NOWHERE) {
                        wanted.merge(hash, record.offset(), Math::max);
                    }
                }
                return true;
            });
        }
    }

    /** Whether the letter was looked up, or need not be. */
    boolean knows(Letter letter) {
        byte[] key = letter.record().key();
        return key == null
                || letter.origin()
                        .filter(origin -> compacted.contains(origin.topic()))
                        .filter(origin -> wanted.get(LetterIndex.hash(origin.topic(), key), LetterIndex.NOWHERE)
                                < origin.offset())
                        .isEmpty();
    }

    /** Whether something newer than the letter's record stands behind it. */
    boolean has(Letter letter) {
        byte[] key = letter.record().key();
        return key != null
                && letter.origin()
                        .filter(origin -> compacted.contains(origin.topic()))
                        .filter(origin -> wanted.get(LetterIndex.hash(origin.topic(), key), LetterIndex.NOWHERE)
                                > origin.offset())
                        .isPresent();
    }
}
