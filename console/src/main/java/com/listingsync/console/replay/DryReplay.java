package com.listingsync.console.replay;

import com.listingsync.common.event.Entity;
import com.listingsync.common.event.Operation;
import com.listingsync.common.topic.TopicSpec;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.common.wire.RowKey;
import com.listingsync.common.wire.SourceKey;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.sink.cutover.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What a replay would send, found out by reading the same part of the log; nothing is written. Confined to one thread. */
final class DryReplay {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final int SAMPLES = 5;

    private final KafkaAccess access;
    private final ReplayDefinition definition;
    private final Map<String, Long> counts = new TreeMap<>();
    private final Map<String, List<String>> samples = new TreeMap<>();
    private final Share share;
    private long read;

    /** @param share the listings whose rows may be sent */
    DryReplay(KafkaAccess access, ReplayDefinition definition, Share share) {
        this.share = share;
        this.access = access;
        this.definition = definition;
    }

    DryReplayReport work() {
        try (org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer = access.consumer()) {
            if (definition.request().ofRows()) {
                rows(consumer);
            } else {
                sources(consumer);
            }
        }
        return new DryReplayReport(definition, read, counts, samples);
    }

    private void rows(org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer) {
        TopicSpec topic = access.topics().rows();
        Purges purges = definition.request().target() == null
                ? Purges.within(consumer, topic, definition.span(), () -> false)
                : Purges.IN_ORDER;
        Set<String> tables = definition.passes().stream().flatMap(List::stream).collect(Collectors.toSet());
        RowFilter filter = new RowFilter(definition.request(), tables, share, purges);
        each(consumer, topic, definition.span(), row -> {
            if (filter.test(row)) {
                RowKey key = RowKey.of(row.key());
                note(key.table(), key.id());
            }
        });
    }

    private void sources(org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer) {
        ReplayRequest request = definition.request();
        for (Entity entity : Entity.values()) {
            if (request.sources().isEmpty() || request.sources().contains(entity.wireName())) {
                TopicSpec topic = access.topics().source(entity);
                ReplaySpan span = ReplaySpan.of(consumer, topic, request.from(), request.to());
                each(consumer, topic, span, record -> source(entity, record));
            }
        }
    }

    private void source(Entity entity, ConsumerRecord<byte[], byte[]> record) {
        try {
            SourceKey key = SourceKey.of(record.key());
            ReplayRequest request = definition.request();
            Long to = request.to().millis();
            boolean wanted = record.value() != null
                    && RecordHeaders.readSource(record.headers()).operation() == Operation.UPSERT
                    && (to == null || record.timestamp() < to)
                    && (request.keys().isEmpty()
                            || request.keys().contains(key.listing())
                            || key.child().filter(request.keys()::contains).isPresent())
                    && (request.run() == null
                            || RecordHeaders.readSource(record.headers())
                                    .origin()
                                    .run()
                                    .filter(request.run()::equals)
                                    .isPresent());
            if (wanted) {
                note(entity.wireName(), key.toString());
            }
        } catch (IllegalArgumentException e) {
            // A dead letter since it came; a replay passes it by.
            return;
        }
    }

    private void each(
            org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
            TopicSpec topic,
            ReplaySpan span,
            Consumer<ConsumerRecord<byte[], byte[]>> action) {
        List<TopicPartition> places = span.ends().keySet().stream()
                .map(partition -> new TopicPartition(topic.name(), partition))
                .toList();
        consumer.assign(places);
        consumer.resume(places);
        places.forEach(place -> consumer.seek(place, span.start(place.partition())));
        List<TopicPartition> open = new ArrayList<>(places);
        while (true) {
            open.removeIf(place -> consumer.position(place) >= span.end(place.partition()));
            if (open.isEmpty()) {
                return;
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() < span.end(record.partition())) {
                    read++;
                    action.accept(record);
                }
            }
        }
    }

    private void note(String what, String key) {
        counts.merge(what, 1L, Long::sum);
        List<String> some = samples.computeIfAbsent(what, name -> new ArrayList<>());
        if (some.size() < SAMPLES && !some.contains(key)) {
            some.add(key);
        }
    }
}
