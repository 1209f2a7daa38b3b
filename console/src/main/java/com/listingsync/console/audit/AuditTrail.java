package com.listingsync.console.audit;

import com.listingsync.common.run.RunId;
import com.listingsync.common.topic.LogEnd;
import com.listingsync.common.topic.TopicSpec;
import com.listingsync.common.topic.Topics;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.kafka.LatestRecords;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * The audit trail on {@code sync.audit}. Thread-safe: every call has clients of its own.
 *
 * <p>An action is {@link #begin}, the work, and {@link #end}. What is so short that it can't be cut in two, and what is done within
 * a transaction of its own, writes its entry there with {@link #record}.
 */
public final class AuditTrail {

    private final KafkaAccess access;
    private final Clock clock;

    public AuditTrail(KafkaAccess access, Clock clock) {
        this.access = access;
        this.clock = clock;
    }

    /** An entry for an action that is about to begin; not written yet. */
    public AuditEntry entry(Actor who, String action, String selection, Optional<String> why) {
        return new AuditEntry(
                RunId.next(clock.instant(), new SecureRandom()),
                clock.millis(),
                who.name(),
                action,
                selection,
                why.orElse(null),
                AuditEntry.Phase.BEGUN,
                Map.of(),
                null);
    }

    /**
     * Writes that an action begins; nothing may be done before this has returned.
     *
     * @throws org.apache.kafka.common.KafkaException when Kafka can't be reached or refuses; then nothing is to be done
     */
    public AuditEntry begin(Actor who, String action, String selection, Optional<String> why) {
        AuditEntry begun = entry(who, action, selection, why);
        write(begun);
        return begun;
    }

    /**
     * Writes how an action ended.
     *
     * @param problem why it did not come to its end; null when it did
     * @throws org.apache.kafka.common.KafkaException when Kafka can't be reached or refuses; the trail shows its beginning alone then
     */
    public AuditEntry end(AuditEntry begun, Map<String, Long> counts, @Nullable String problem) {
        AuditEntry ended = begun.ended(counts, problem, clock.millis());
        write(ended);
        return ended;
    }

    /** The record of an entry, for whoever writes it in a transaction of their own. */
    public static ProducerRecord<byte[], byte[]> record(Topics topics, AuditEntry entry) {
        return new ProducerRecord<>(topics.audit().name(), entry.id().getBytes(StandardCharsets.UTF_8), entry.bytes());
    }

    /**
     * The last actions, the newest first; of each its end, or its beginning when it has not ended.
     *
     * @param most how many, at least 1; memory holds no more
     * @throws org.apache.kafka.common.KafkaException when the broker can't be reached
     * @throws com.listingsync.console.shell.CommandFailure when it has no such topic
     */
    public List<AuditEntry> last(int most) {
        Newest newest = new Newest(most);
        TopicSpec topic = access.topics().audit();
        try (Consumer<byte[], byte[]> consumer = access.consumer()) {
            List<TopicPartition> partitions = LatestRecords.partitions(consumer, topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            LogEnd.readTo(consumer, record -> read(record).ifPresent(newest::add));
        }
        return newest.all();
    }

    private void write(AuditEntry entry) {
        try (Producer<byte[], byte[]> producer = access.plain()) {
            producer.send(record(access.topics(), entry)).get();
        } catch (ExecutionException e) {
            // Nothing was written, or nobody knows: whoever was about to act does not begin.
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            // The caller's thread is to end; whether the entry was written is not known.
            throw new InterruptException(e);
        }
    }

    private static Optional<AuditEntry> read(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(AuditEntry.of(record.value()));
        } catch (IllegalArgumentException e) {
            // Somebody else wrote there, nothing that we could show.
            return Optional.empty();
        }
    }

    /** The newest actions seen so far. Confined to one thread. */
    private static final class Newest {

        private static final Comparator<AuditEntry> BY_ID = Comparator.comparing(AuditEntry::id);

        private final int most;
        private final Map<String, AuditEntry> byId = new HashMap<>();
        private final PriorityQueue<String> oldestFirst = new PriorityQueue<>();

        Newest(int most) {
            this.most = most;
        }

        void add(AuditEntry entry) {
            // Both entries of an action are in one partition, in order: the later one says more.
            if (byId.put(entry.id(), entry) == null) {
                oldestFirst.add(entry.id());
                if (byId.size() > most) {
                    byId.remove(oldestFirst.remove());
                }
            }
        }

        List<AuditEntry> all() {
            Collection<AuditEntry> all = byId.values();
            return all.stream().sorted(BY_ID.reversed()).toList();
        }
    }
}
