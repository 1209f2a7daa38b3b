package com.listingsync.processor;

import com.listingsync.common.event.Entity;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.topic.Topics;
import com.listingsync.common.wire.ListingPartitioner;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.processor.map.RecordMapper;
import com.listingsync.processor.map.RowContext;
import com.listingsync.processor.map.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Joined;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * The baseline of {@link ProcessorBenchmark}: what a team would first write with the Streams DSL. Records whose content hash is
 * the last one stored are dropped, the rest is joined to the table of listings, mapped to rows by our own mapper, and written.
 * There is no parking, no merging of connections, no deletes, no counts, no dead letters, and nothing of a record is kept.
 *
 * <p>A join by listing needs the photos under their listing's key, so the DSL sends those that pass through a topic of its own.
 */
final class PlainDsl implements Supplier<Topology> {

    static final String OUTPUT = "plain-joined";
    private static final String SEEN = "plain-seen";

    private final Topics topics;

    private final Mapping mapping;

    PlainDsl(Topics topics, Mapping mapping) {
        this.topics = topics;
        this.mapping = mapping;
    }

    @Override
    public Topology get() {
        Serde<Bytes> key = Serdes.Bytes();
        Serde<byte[]> value = Serdes.ByteArray();
        StreamsBuilder builder = new StreamsBuilder();
        builder.addStateStore(Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(SEEN), key, value));
        KStream<Bytes, byte[]> photos = builder.stream(
                        topics.source(Entity.MEDIA).name(), Consumed.with(key, value))
                .processValues(Deduplication::new, SEEN);
        joined(builder, photos).processValues(() -> new ToRow(mapping)).to(OUTPUT, Produced.with(key, value));
        return builder.build();
    }

    private KStream<Bytes, byte[]> joined(StreamsBuilder builder, KStream<Bytes, byte[]> photos) {
        Serde<Bytes> key = Serdes.Bytes();
        Serde<byte[]> value = Serdes.ByteArray();
        String listings = topics.source(Entity.PROPERTY).name();
        KTable<Bytes, byte[]> table =
                builder.table(listings, Consumed.with(key, value), Materialized.as("plain-listings"));
        return photos.selectKey((photo, payload) -> listing(photo))
                .repartition(Repartitioned.with(key, value)
                        .withName("plain-by-listing")
                        .withNumberOfPartitions(topics.partitions())
                        .withStreamPartitioner((topic, listing, payload, partitions) ->
                                Optional.of(Set.of(ListingPartitioner.partition(listing.get(), partitions)))))
                .join(table, (payload, listing) -> payload, Joined.with(key, value, value, "plain-join"));
    }

    /** Streams' own defaults, but exactly once and with as many threads as the processor. */
    static Properties properties(String application, String bootstrapServers, int threads, Path stateDir) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        properties.put("auto.offset.reset", "earliest");
        return properties;
    }

    /** The key of a photo's listing: {@code listing/connection} of {@code listing/photo/connection}. */
    private static Bytes listing(Bytes photo) {
        String[] parts = new String(photo.get(), StandardCharsets.UTF_8).split("/");
        return Bytes.wrap((parts[0] + "/" + parts[2]).getBytes(StandardCharsets.UTF_8));
    }

    /** Lets a record pass whose content hash is not the last one seen of its key. */
    private static final class Deduplication implements FixedKeyProcessor<Bytes, byte[], byte[]> {

        private FixedKeyProcessorContext<Bytes, byte[]> context;
        private KeyValueStore<Bytes, byte[]> seen;

        @Override
        public void init(FixedKeyProcessorContext<Bytes, byte[]> taskContext) {
            context = taskContext;
            seen = taskContext.getStateStore(SEEN);
        }

        @Override
        public void process(FixedKeyRecord<Bytes, byte[]> record) {
            Header hash = record.headers().lastHeader(RecordHeaders.CONTENT_HASH);
            byte[] before = seen.get(record.key());
            if (!Arrays.equals(before, hash.value())) {
                seen.put(record.key(), hash.value());
                context.forward(record);
            }
        }
    }

    /** Makes a photo's payload its row. */
    private static final class ToRow implements FixedKeyProcessor<Bytes, byte[], byte[]> {

        private final RecordMapper mapper;
        private FixedKeyProcessorContext<Bytes, byte[]> context;

        ToRow(Mapping mapping) {
            mapper = new RecordMapper(mapping, Entity.MEDIA, (table, column) -> {});
        }

        @Override
        public void init(FixedKeyProcessorContext<Bytes, byte[]> taskContext) {
            context = taskContext;
        }

        @Override
        public void process(FixedKeyRecord<Bytes, byte[]> record) {
            String listing = new String(record.key().get(), StandardCharsets.UTF_8).split("/")[0];
            RowContext row = new RowContext(listing, null, null, "", false, false, record.timestamp(), null, "mls");
            try {
                mapper.rows(row, mapper.read(record.value()), null)
                        .fold(
                                rows -> {
                                    rows.rows().forEach(r -> context.forward(record.withValue(r.json())));
                                    return 0;
                                },
                                refused -> 0);
            } catch (UnreadableRecordException e) {
                throw new IllegalStateException("the benchmark's own photos can be read", e);
            }
        }
    }
}
