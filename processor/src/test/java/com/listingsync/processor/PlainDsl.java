package com.listingsync.processor;

import com.listingsync.common.event.Entity;
import com.listingsync.common.topic.Topics;
import com.listingsync.common.wire.RecordHeaders;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.GlobalKTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * The baseline of {@link ProcessorBenchmark}: what a team would first write with the Streams DSL. It drops records whose content
 * hash is the last one stored, joins the rest to the table of listings and writes the payloads on. Nothing is parsed, parked,
 * mapped, counted or dead-lettered, and the table is a global one, so nothing is repartitioned either.
 */
final class PlainDsl implements Supplier<Topology> {

    static final String OUTPUT = "plain-joined";
    private static final String SEEN = "plain-seen";

    private final Topics topics;

    PlainDsl(Topics topics) {
        this.topics = topics;
    }

    @Override
    public Topology get() {
        Serde<Bytes> key = Serdes.Bytes();
        Serde<byte[]> value = Serdes.ByteArray();
        StreamsBuilder builder = new StreamsBuilder();
        builder.addStateStore(Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(SEEN), key, value));
        GlobalKTable<Bytes, byte[]> listings = builder.globalTable(
                topics.source(Entity.PROPERTY).name(), Consumed.with(key, value), Materialized.as("plain-listings"));
        builder.stream(topics.source(Entity.MEDIA).name(), Consumed.with(key, value))
                .processValues(Deduplication::new, SEEN)
                .join(listings, (photo, payload) -> listing(photo), (payload, listing) -> payload)
                .to(OUTPUT, Produced.with(key, value));
        return builder.build();
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

    private static Bytes listing(Bytes photo) {
        byte[] key = photo.get();
        int end = 0;
        while (end < key.length && key[end] != '/') {
            end++;
        }
        return Bytes.wrap(Arrays.copyOf(key, end));
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
}
