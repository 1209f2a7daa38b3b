package com.listingsync.console.deadletter;

import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.deadletter.Fate;
import com.listingsync.common.deadletter.LetterId;
import com.listingsync.common.event.Entity;
import com.listingsync.common.run.Tally;
import com.listingsync.common.topic.Topics;
import com.listingsync.common.wire.ContentHash;
import com.listingsync.sink.cutover.CutoverSettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the log says of every dead letter, as two numbers each: what became of it, and the newest record of its key that is known.
 * Filled from fates and from the letters themselves, in any order and as often as one likes. Confined to one thread.
 */
final class LetterIndex {

    private static final long DISCARDED = 1;
    private static final long RESOLVED = 2;
    private static final long SUPERSEDED = 4;
    private static final long REFUSED_AGAIN = 8;
    private static final long REPLAYED = 16;

    static final long NOWHERE = -1;

    private static final int PARTITION_SHIFT = 44;
    private static final int TOPIC_SHIFT = 58;

    private final Set<String> latestWins;
    private final int replayLimit;
    private final List<String> topicNames = new ArrayList<>();
    private final NumberIndex fates = new NumberIndex();
    private final NumberIndex newest = new NumberIndex();

    /**
     * @param catalogue tells the topics on which the last record of a key is all that matters: there a newer one closes a letter
     * @param replayLimit replays after which a letter is parked
     */
    LetterIndex(Topics catalogue, int replayLimit) {
        this.replayLimit = replayLimit;
        this.latestWins = new HashSet<>();
        for (Entity entity : Entity.values()) {
            latestWins.add(catalogue.source(entity).name());
        }
        latestWins.add(catalogue.rows().name());
    }

    /** Takes a record of {@code dead-letters.fates} in; what is none is left out. */
    void fate(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        Fate fate;
        try {
            fate = Fate.of(record.value());
        } catch (IllegalArgumentException e) {
            // Somebody else wrote there: no letter's state hangs on it.
            return;
        }
        Runnable taken = fate.fold(
                replayed -> () -> note(replayed.letter(), REPLAYED),
                became -> () -> note(became.letter(), flags(became.counts())),
                discarded -> () -> note(discarded.letter(), DISCARDED),
                overtaken -> () -> newest.merge(
                        hash(overtaken.topic(), overtaken.recordKey().getBytes(StandardCharsets.UTF_8)),
                        overtaken.offset(),
                        Math::max));
        taken.run();
    }

    /** Takes a letter in: it tells of the letter that it was replayed from, and of older ones of its key. */
    void letter(Letter letter) {
        letter.mark().ifPresent(mark -> note(mark.letter(), REFUSED_AGAIN | REPLAYED));
        byte[] key = letter.record().key();
        if (key != null) {
            letter.origin()
                    .filter(origin -> latestWins.contains(origin.topic()))
                    .ifPresent(origin -> newest.merge(hash(origin.topic(), key), origin.offset(), Math::max));
        }
    }

    /** How a letter stands. */
    LetterState stateOf(Letter letter) {
        long known = fates.get(number(letter.id()), 0);
        if ((known & DISCARDED) != 0) {
            return LetterState.DISCARDED;
        }
        if ((known & RESOLVED) != 0) {
            return LetterState.RESOLVED;
        }
        if ((known & SUPERSEDED) != 0) {
            return LetterState.SUPERSEDED;
        }
        if ((known & REFUSED_AGAIN) != 0) {
            return LetterState.REPLAYED;
        }
        if (isOvertaken(letter)) {
            return LetterState.SUPERSEDED;
        }
        if ((known & REPLAYED) != 0) {
            return LetterState.REPLAYED;
        }
        return letter.replays() >= replayLimit ? LetterState.PARKED : LetterState.OPEN;
    }

    private boolean isOvertaken(Letter letter) {
        byte[] key = letter.record().key();
        Optional<DeadLetter.Position> stood = letter.origin();
        if (stood.isEmpty()) {
            return isMended(letter);
        }
        return key != null
                && stood.filter(origin -> latestWins.contains(origin.topic()))
                        .filter(origin -> newest.get(hash(origin.topic(), key), NOWHERE) > origin.offset())
                        .isPresent();
    }

    /** A sheet's bad row is told by its code and content; what is not there any more was so before its fate was written. */
    private boolean isMended(Letter letter) {
        byte[] value = letter.record().value();
        if (value == null || !letter.entity().equals(Optional.of(Entity.SHEET.wireName()))) {
            return false;
        }
        String tab = letter.connection().orElse("") + "/" + letter.feed().orElse("");
        String row = letter.code() + "/" + ContentHash.of(value);
        return newest.get(hash(tab, row.getBytes(StandardCharsets.UTF_8)), NOWHERE)
                >= letter.at().toEpochMilli();
    }

    private void note(LetterId letter, long flags) {
        if (flags != 0) {
            fates.merge(number(letter), flags, (one, other) -> one | other);
        }
    }

    private static long flags(Tally counts) {
        long flags = 0;
        for (Map.Entry<String, Long> count : counts.counts().entrySet()) {
            String name = count.getKey();
            if (count.getValue() <= 0 || name.equals(Tally.PARKED)) {
                continue;
            }
            if (name.equals(Tally.skipped("stale"))
                    || name.equals(Tally.skipped("superseded"))
                    || name.equals(Tally.UNCHANGED)) {
                flags |= SUPERSEDED;
            } else if (name.startsWith(Tally.refused("")) || isLeftAside(name)) {
                flags |= REFUSED_AGAIN;
            } else {
                flags |= RESOLVED;
            }
        }
        return flags;
    }

    /** Sent again to a sink that does not write it, in the shadow or outside its share: nothing is mended by that. */
    private static boolean isLeftAside(String name) {
        return name.equals(CutoverSettings.SHADOW) || name.equals(CutoverSettings.OUTSIDE);
    }

    /** A letter's place as one number: a few topics, 16,384 partitions, 17 billion records each. */
    private long number(LetterId id) {
        int topic = topicNames.indexOf(id.topic());
        if (topic < 0) {
            topic = topicNames.size();
            topicNames.add(id.topic());
        }
        return ((long) topic << TOPIC_SHIFT) ^ ((long) id.partition() << PARTITION_SHIFT) ^ id.offset();
    }

    /** Sixty-four bits of topic and key (FNV-1a): two of a million letters share them once in forty million times. */
    static long hash(String topic, byte[] key) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < topic.length(); i++) {
            hash = (hash ^ topic.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ '/') * 0x100000001b3L;
        for (byte b : key) {
            hash = (hash ^ b) * 0x100000001b3L;
        }
        return NumberIndex.spread(hash);
    }
}
