package com.listingsync.processor.topology;

import com.listingsync.common.event.Entity;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.topic.TopicSpec;
import com.listingsync.common.topic.Topics;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The wiring, in two parts that meet only on {@code sync.outcomes}:
 *
 * <pre>
 *   source.property ─┐                 ┌─> rows
 *   source.media    ─┤                 ├─> status-changes
 *   source.rooms    ─┼─> [ listings ] ─┼─> dead-letters.processor
 *   source.openhouse┤                  ├─> dead-letters.fates
 *                    │                  └─> sync.outcomes ─> [ runs ] ─┬─> sync.runs
 *   source.sheet    ─┤      ^ │                                       └─> rows
 *   sync.reprocess  ─┘      │ v
 *                       listing-ids
 * </pre>
 *
 * Everything of a listing is in one partition, so one task sees all of it, in order; only a sheet row that names its listing by
 * ListingId is in that id's partition, and is told there what becomes of it ({@link ListingIds}). Values are bytes throughout: nothing is
 * parsed that is dropped.
 */
public final class ListingTopology implements Supplier<Topology> {

    private final ListingSetup setup;
    private final StoreKind storeKind;

    public ListingTopology(ListingSetup setup, StoreKind storeKind) {
        this.setup = setup;
        this.storeKind = storeKind;
    }

    @Override
    public Topology get() {
        Topics topics = setup.topics();
        Topology topology = new Topology();
        for (Entity entity : Entity.values()) {
            source(topology, Names.source(entity), topics.source(entity));
        }
        source(topology, Names.LISTING_ID_SOURCE, topics.listingIds());
        source(topology, Names.REPROCESS_SOURCE, topics.reprocess());
        topology.addProcessor(
                Names.LISTING_PROCESSOR,
                () -> new ListingProcessor(setup),
                Stream.concat(
                                Arrays.stream(Entity.values()).map(Names::source),
                                Stream.of(Names.LISTING_ID_SOURCE, Names.REPROCESS_SOURCE))
                        .toArray(String[]::new));
        Serde<byte[]> bytes = Serdes.ByteArray();
        topology.addStateStore(cached(Names.LISTING_STORE, bytes, bytes), Names.LISTING_PROCESSOR);
        topology.addStateStore(uncached(Names.RECORD_STORE, bytes), Names.LISTING_PROCESSOR);
        topology.addStateStore(uncached(Names.CONTENT_STORE, bytes), Names.LISTING_PROCESSOR);
        topology.addStateStore(uncached(Names.PARKED_STORE, bytes), Names.LISTING_PROCESSOR);
        topology.addStateStore(uncached(Names.LISTING_ID_STORE, bytes), Names.LISTING_PROCESSOR);
        topology.addStateStore(uncached(Names.REPROCESS_STORE, Serdes.String()), Names.LISTING_PROCESSOR);
        topology.addStateStore(cached(Names.COUNT_STORE, bytes, bytes), Names.LISTING_PROCESSOR);
        sink(topology, Names.ROW_SINK, topics.rows(), Names.LISTING_PROCESSOR);
        sink(topology, Names.STATUS_SINK, topics.statusChanges(), Names.LISTING_PROCESSOR);
        sink(topology, Names.DEAD_LETTER_SINK, topics.deadLetters(Stage.PROCESSOR), Names.LISTING_PROCESSOR);
        sink(topology, Names.FATE_SINK, topics.fates(), Names.LISTING_PROCESSOR);
        sink(topology, Names.LISTING_ID_SINK, topics.listingIds(), Names.LISTING_PROCESSOR);
        sink(topology, Names.OUTCOME_SINK, topics.outcomes(), Names.LISTING_PROCESSOR);

        source(topology, Names.OUTCOME_SOURCE, topics.outcomes());
        topology.addProcessor(Names.RUN_PROCESSOR, () -> new RunProcessor(setup.runSilence()), Names.OUTCOME_SOURCE);
        topology.addStateStore(cached(Names.RUN_STORE, Serdes.String(), bytes), Names.RUN_PROCESSOR);
        sink(topology, Names.RUN_OUTCOME_SINK, topics.outcomes(), Names.RUN_PROCESSOR);
        sink(topology, Names.RUN_SINK, topics.runs(), Names.RUN_PROCESSOR);
        sink(topology, Names.RUN_ROW_SINK, topics.rows(), Names.RUN_PROCESSOR);
        return topology;
    }

    private static void source(Topology topology, String name, TopicSpec topic) {
        topology.addSource(
                AutoOffsetReset.earliest(),
                name,
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                topic.name());
    }

    private static void sink(Topology topology, String name, TopicSpec topic, String parent) {
        topology.addSink(
                name, topic.name(), new ByteArraySerializer(), new ByteArraySerializer(), new ByListing(), parent);
    }

    /** Small values that change often: many changes within one commit are written once. */
    private <K, V> StoreBuilder<KeyValueStore<K, V>> cached(String name, Serde<K> key, Serde<V> value) {
        return Stores.keyValueStoreBuilder(storeKind.store(name), key, value)
                .withCachingEnabled()
                .withLoggingEnabled(Map.of());
    }

    /** What is written once: a cache would only move it twice. {@link Recent} spares reading it. */
    private <K> StoreBuilder<KeyValueStore<K, byte[]>> uncached(String name, Serde<K> key) {
        return Stores.keyValueStoreBuilder(storeKind.store(name), key, Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(Map.of());
    }
}
