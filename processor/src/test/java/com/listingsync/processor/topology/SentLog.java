package com.listingsync.processor.topology;

import com.listingsync.common.event.Entity;
import com.listingsync.common.topic.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;

/** Everything that was sent to a topology, as its source topics would hold it, in one partition. */
final class SentLog implements SourceLog {

    private static final int SLICE = 3;

    private final Topics topics;
    private final Map<Entity, List<ConsumerRecord<byte[], byte[]>>> records = new EnumMap<>(Entity.class);

    SentLog(Topics topics) {
        this.topics = topics;
    }

    /** Puts a record at the end. */
    void add(TestSource record, Instant at) {
        List<ConsumerRecord<byte[], byte[]>> log = sent(record.entity());
        log.add(new ConsumerRecord<>(
                topics.source(record.entity()).name(),
                0,
                log.size(),
                at.toEpochMilli(),
                TimestampType.CREATE_TIME,
                -1,
                -1,
                record.key().bytes(),
                record.value(),
                record.headers(),
                Optional.empty()));
    }

    @Override
    public long begin(Entity entity) {
        return 0;
    }

    @Override
    public long end(Entity entity) {
        return sent(entity).size();
    }

    @Override
    public long at(Entity entity, long timestamp) {
        List<ConsumerRecord<byte[], byte[]>> log = sent(entity);
        return IntStream.range(0, log.size())
                .filter(i -> log.get(i).timestamp() >= timestamp)
                .findFirst()
                .orElse(log.size());
    }

    @Override
    public Slice read(Entity entity, long from, long to) {
        long next = Math.min(to, from + SLICE);
        return new Slice(sent(entity).subList((int) from, (int) next), next);
    }

    @Override
    public void close() {}

    private List<ConsumerRecord<byte[], byte[]>> sent(Entity entity) {
        return records.computeIfAbsent(entity, e -> new ArrayList<>());
    }
}
