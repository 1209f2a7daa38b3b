package com.listingsync.producer.presence;

import com.listingsync.common.event.Entity;
import com.listingsync.common.run.FeedName;
import com.listingsync.common.topic.TopicSpec;
import com.listingsync.common.topic.Topics;
import com.listingsync.common.wire.ControlKey;
import com.listingsync.common.wire.ListingPartitioner;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.common.wire.SourceKey;
import com.listingsync.producer.presence.KeyBuckets.Entry;
import com.listingsync.producer.publish.CommittedReader;
import com.listingsync.producer.publish.KafkaAccess;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What the log says of a feed's records: which it holds, and since when which are missing. It is the only memory of both, so it
 * is right after any take-over. Immutable; reads are confined to the calling thread.
 *
 * <p>Reading it costs the transfer of the feed's whole source topic, of which only keys and headers are looked at; the topic is
 * compacted, so that is about the size of everything the feed holds plus a week's changes. At 10 million listings of 2.5 KB
 * compressed that is 25 GB, which a broker gives in minutes, once a day. A second topic with the keys alone would be a tenth of
 * that, but would double the records of every page, and could disagree with what it is about.
 */
public final class LogKeys {

    private final KafkaAccess kafka;
    private final FeedName feed;
    private final Entity entity;

    public LogKeys(KafkaAccess kafka, FeedName feed, Entity entity) {
        this.kafka = kafka;
        this.feed = feed;
        this.entity = entity;
    }

    /** The key of a record within its feed. */
    public static String recordKey(SourceKey place) {
        return place.child().orElse(place.listing());
    }

    /**
     * Hands on every record of the feed's connection, in the order of its partition: key, source key, version, and whether it is
     * deleted.
     *
     * @throws org.apache.kafka.common.KafkaException when Kafka can't be read
     */
    public void records(Consumer<Entry> each) {
        new CommittedReader(kafka).readAll(kafka.topics().source(entity), record -> {
            Optional<Entry> entry = entry(record);
            entry.ifPresent(each);
        });
    }

    /**
     * The records of these keys that the log holds: their versions by the text of their source keys. Costs as much as {@link
     * #records}; for listings, only the partitions that they are in.
     *
     * @throws org.apache.kafka.common.KafkaException when Kafka can't be read
     */
    public Map<String, Long> find(Set<String> keys) {
        Map<String, Long> found = new HashMap<>();
        TopicSpec topic = kafka.topics().source(entity);
        Set<Integer> partitions = entity.child()
                ? IntStream.range(0, topic.partitions()).boxed().collect(Collectors.toSet())
                : keys.stream()
                        .map(key -> SourceKey.ofListing(key, feed.connection()).bytes())
                        .map(key -> ListingPartitioner.partition(key, topic.partitions()))
                        .collect(Collectors.toSet());
        List<TopicPartition> some = partitions.stream()
                .map(partition -> new TopicPartition(topic.name(), partition))
                .toList();
        new CommittedReader(kafka)
                .readAll(
                        some,
                        record -> entry(record)
                                .filter(entry -> keys.contains(entry.key()))
                                .ifPresent(entry -> {
                                    if (entry.flag()) {
                                        found.remove(entry.place());
                                    } else {
                                        found.put(entry.place(), entry.number());
                                    }
                                }));
        return found;
    }

    /**
     * Hands on every absence that was ever noted of the feed and is still on its topic: the record's key, the number of the
     * sweep and the source key, when it began, and whether that is over.
     *
     * @throws org.apache.kafka.common.KafkaException when Kafka can't be read
     */
    public void absences(Consumer<Entry> each) {
        Topics topics = kafka.topics();
        int partition =
                ListingPartitioner.partition(ControlKey.of(feed.connection(), feed.feed()), topics.partitions());
        TopicPartition only = new TopicPartition(topics.absences().name(), partition);
        new CommittedReader(kafka).readAll(List.of(only), record -> {
            List<String> parts = ControlKey.parts(record.key());
            if (parts.size() == 3
                    && parts.get(0).equals(feed.connection())
                    && parts.get(1).equals(feed.feed())) {
                String key = recordKey(SourceKey.of(parts.get(2)));
                byte[] value = record.value();
                Absence absence = value == null ? new Absence(0, 0) : Absence.of(value);
                each.accept(new Entry(key, absence.sweep() + " " + parts.get(2), absence.since(), value == null));
            }
        });
    }

    private Optional<Entry> entry(ConsumerRecord<byte[], byte[]> record) {
        try {
            SourceKey place = SourceKey.of(record.key());
            if (!place.connection().equals(feed.connection())) {
                return Optional.empty();
            }
            long version = RecordHeaders.text(record.headers(), RecordHeaders.SOURCE_VERSION)
                    .map(Long::parseLong)
                    .orElse(0L);
            return Optional.of(new Entry(recordKey(place), place.toString(), version, record.value() == null));
        } catch (IllegalArgumentException e) {
            // Not written by us, so it is no record of a feed and nothing to delete.
            return Optional.empty();
        }
    }
}
