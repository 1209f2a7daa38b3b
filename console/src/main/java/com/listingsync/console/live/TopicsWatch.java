package com.listingsync.console.live;

import com.listingsync.common.topic.TopicSpec;
import com.listingsync.common.topic.Topics;
import com.listingsync.console.kafka.KafkaAccess;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Asks Kafka how far every topic is written and read. Confined to the thread that looks. */
final class TopicsWatch implements AutoCloseable {

    private static final long PATIENCE_MILLIS = 4_000;

    private final KafkaAccess kafka;
    private final Map<String, String> groups;
    private @Nullable Admin admin;

    TopicsWatch(KafkaAccess kafka) {
        this.kafka = kafka;
        String prefix = kafka.topics().prefix();
        Map<String, String> names = new LinkedHashMap<>();
        names.put("producer", prefix + ".producer");
        names.put("processor", prefix + ".processor");
        names.put("sink", prefix + "-sink");
        this.groups = names;
    }

    /**
     * How a topic stands.
     *
     * @param spec the topic
     * @param end sum of its partitions' ends; grows by one with every record and every transaction's marker
     * @param lag records that wait, by the service that reads them; without those that never read it
     */
    record TopicView(TopicSpec spec, long end, Map<String, Long> lag) {
        TopicView {
            lag = Map.copyOf(lag);
        }
    }

    /**
     * Every topic of the catalogue that is there.
     *
     * @throws KafkaException when Kafka does not answer
     */
    List<TopicView> look() throws InterruptedException {
        Admin client = admin == null ? admin = kafka.admin() : admin;
        Topics topics = kafka.topics();
        try {
            Map<TopicPartition, Long> ends = ends(client, topics.all());
            Map<String, Map<TopicPartition, OffsetAndMetadata>> committed = new TreeMap<>();
            for (Map.Entry<String, String> group : groups.entrySet()) {
                committed.put(
                        group.getKey(),
                        client.listConsumerGroupOffsets(group.getValue())
                                .partitionsToOffsetAndMetadata()
                                .get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
            }
            List<TopicView> views = new ArrayList<>();
            for (TopicSpec topic : topics.all()) {
                views.add(view(topic, ends, committed));
            }
            return List.copyOf(views);
        } catch (ExecutionException | TimeoutException e) {
            // Nothing is changed here; it is asked again at the next look.
            throw new KafkaException("Kafka does not answer", e);
        }
    }

    @Override
    public void close() {
        Admin open = admin;
        if (open != null) {
            open.close(java.time.Duration.ZERO);
        }
    }

    private static Map<TopicPartition, Long> ends(Admin client, List<TopicSpec> topics)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<TopicPartition, OffsetSpec> wanted = new TreeMap<>(
                java.util.Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition));
        topics.forEach(topic -> partitions(topic).forEach(each -> wanted.put(each, OffsetSpec.latest())));
        Map<TopicPartition, ListOffsetsResultInfo> found =
                client.listOffsets(wanted).all().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        Map<TopicPartition, Long> ends = new java.util.HashMap<>();
        found.forEach((partition, info) -> ends.put(partition, info.offset()));
        return ends;
    }

    private static Stream<TopicPartition> partitions(TopicSpec topic) {
        return java.util.stream.IntStream.range(0, topic.partitions())
                .mapToObj(partition -> new TopicPartition(topic.name(), partition));
    }

    private static TopicView view(
            TopicSpec topic,
            Map<TopicPartition, Long> ends,
            Map<String, Map<TopicPartition, OffsetAndMetadata>> committed) {
        Map<String, Long> lag = new TreeMap<>();
        committed.forEach((service, offsets) -> {
            if (partitions(topic).anyMatch(offsets::containsKey)) {
                lag.put(
                        service,
                        partitions(topic)
                                .mapToLong(each -> waiting(ends.getOrDefault(each, 0L), offsets.get(each)))
                                .sum());
            }
        });
        return new TopicView(
                topic,
                partitions(topic).mapToLong(each -> ends.getOrDefault(each, 0L)).sum(),
                lag);
    }

    /** The last transaction's marker is no record, and whoever read all before it has read everything. */
    private static long waiting(long end, @Nullable OffsetAndMetadata committed) {
        long lag = end - (committed == null ? 0 : committed.offset());
        return lag <= 1 ? 0 : lag - 1;
    }
}
