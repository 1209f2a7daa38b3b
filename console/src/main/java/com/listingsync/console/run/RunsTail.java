package com.listingsync.console.run;

import com.listingsync.common.run.RunState;
import com.listingsync.common.topic.LogEnd;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.kafka.LatestRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The latest state of every run on {@code sync.runs}, read from its beginning. Confined to one thread, except {@link #wakeup()}. */
public final class RunsTail implements AutoCloseable {

    private final Consumer<byte[], byte[]> consumer;
    private final Map<String, RunState> runs = new LinkedHashMap<>();

    private RunsTail(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /**
     * Opens the topic and reads what is on it now.
     *
     * @throws org.apache.kafka.common.KafkaException when the broker can't be reached
     * @throws com.listingsync.console.shell.CommandFailure when it has no such topic
     */
    public static RunsTail open(KafkaAccess access) {
        Consumer<byte[], byte[]> consumer = access.consumer();
        try {
            List<TopicPartition> partitions =
                    LatestRecords.partitions(consumer, access.topics().runs());
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            RunsTail tail = new RunsTail(consumer);
            LogEnd.readTo(consumer, tail::take);
            return tail;
        } catch (RuntimeException e) {
            // Whoever asked is told; nothing was read that could be lost.
            consumer.close();
            throw e;
        }
    }

    /**
     * Waits for states that changed.
     *
     * @param patience how long to wait when none has
     * @return the changed states, a run once, in no order; empty when none changed in that time
     */
    public Collection<RunState> changes(Duration patience) {
        Map<String, RunState> changed = new LinkedHashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(patience)) {
            take(record).ifPresent(state -> changed.put(state.run(), state));
        }
        return changed.values();
    }

    /** The state of one run as read so far. */
    public Optional<RunState> run(String id) {
        return Optional.ofNullable(runs.get(id));
    }

    /** All runs as read so far, the newest first. */
    public List<RunState> newestFirst() {
        List<RunState> all = new ArrayList<>(runs.values());
        all.sort(Comparator.comparingLong(RunState::startedAt)
                .thenComparing(RunState::run)
                .reversed());
        return all;
    }

    /** Ends a wait for changes, from any thread; the waiting thread gets Kafka's {@code WakeupException}. */
    public void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }

    /** The state in a record, which is remembered; empty when it has none. */
    private Optional<RunState> take(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            runs.remove(RunRecord.run(record));
            return Optional.empty();
        }
        Optional<RunState> state = RunRecord.state(record);
        state.ifPresent(each -> runs.put(each.run(), each));
        return state;
    }
}
