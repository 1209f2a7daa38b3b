package com.listingsync.processor.topology;

import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.deadletter.DeadLetter.Position;
import com.listingsync.common.event.SourceEvent;
import com.listingsync.common.wire.SourceEventReader;
import com.listingsync.common.wire.SourceKey;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** One partition of the listing path: reads a record's headers and hands it to its flow. Confined to the task's thread. */
final class ListingProcessor implements Processor<byte[], byte[], byte[], byte[]> {

    /** Often enough for a person who watches a run, rare enough to cost nothing. */
    static final Duration REPORT_INTERVAL = Duration.ofMillis(250);

    private final ListingSetup setup;

    private @Nullable Flows flows;

    ListingProcessor(ListingSetup setup) {
        this.setup = setup;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        Flows wired = new Flows(context, setup);
        flows = wired;
        context.schedule(REPORT_INTERVAL, PunctuationType.WALL_CLOCK_TIME, wired.books::report);
        context.schedule(wired.orphans.interval(), PunctuationType.WALL_CLOCK_TIME, wired.orphans::expire);
        wired.reprocess.start();
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (flows != null) {
            flows.take(record);
        }
    }

    @Override
    public void close() {
        if (flows != null) {
            flows.parking.close();
            flows.reprocess.close();
        }
    }

    /** The flows of a task and what they stand on; made when the task's stores are there. */
    private static final class Flows {

        private final ProcessorContext<byte[], byte[]> context;
        private final SourceEventReader events = new SourceEventReader();
        private final String listingIdTopic;
        private final String reprocessTopic;
        private final Books books;
        private final RecordTraces traces;
        private final Outlet outlet;
        private final PropertyFlow properties;
        private final ChildFlow children;
        private final SheetFlow sheets;
        private final ListingIds listingIds;
        private final SheetStatus sheetStatus;
        private final ParkingLot parking;
        private final Orphans orphans;
        private final Reprocess reprocess;

        Flows(ProcessorContext<byte[], byte[]> context, ListingSetup setup) {
            this.listingIdTopic = setup.topics().listingIds().name();
            this.reprocessTopic = setup.topics().reprocess().name();
            this.context = context;
            this.books = new Books(context);
            this.traces = new RecordTraces(setup.tracing());
            this.outlet = new Outlet(context, books, setup.meters(), traces);
            Task task = Task.of(new ListingStores(context), outlet, setup.meters(), setup.mapping());
            this.parking = new ParkingLot(context, setup.meters());
            StatusFlow statuses = new StatusFlow(task);
            this.children = new ChildFlow(task, parking);
            this.listingIds = new ListingIds(context, task);
            this.sheetStatus = new SheetStatus(task, statuses, listingIds);
            this.sheets = new SheetFlow(task, statuses, sheetStatus);
            this.properties = new PropertyFlow(task, statuses, children, sheetStatus, listingIds);
            this.orphans = new Orphans(task, parking, setup.parkingLimit());
            this.reprocess = new Reprocess(
                    context, task, books, setup.log(), setup.topics().partitions(), this::take);
        }

        void take(Record<byte[], byte[]> record) {
            if (!traces.isOn()) {
                process(record);
                return;
            }
            traces.begin(record.headers());
            try {
                process(record);
            } finally {
                traces.end();
            }
        }

        private void process(Record<byte[], byte[]> record) {
            Position position = context.recordMetadata()
                    .map(Flows::position)
                    .orElseThrow(() -> new IllegalStateException("a source record has a place"));
            if (position.topic().equals(listingIdTopic)) {
                ours(record, this::announced);
                return;
            }
            if (position.topic().equals(reprocessTopic)) {
                ours(record, request -> reprocess.request(request.value(), request.timestamp()));
                return;
            }
            SourceRecord source = readable(record, position);
            if (!LargestRecord.fits(source.value())) {
                outlet.refuse(source, Outlet.TOO_LARGE, "the record is too large to be kept", Optional.empty());
                return;
            }
            take(source);
        }

        private void take(SourceRecord source) {
            switch (source.event().entity()) {
                case PROPERTY -> properties.arrive(source);
                case SHEET -> sheets.arrive(source);
                case MEDIA, ROOMS, OPENHOUSE -> children.arrive(source);
            }
        }

        private SourceRecord readable(Record<byte[], byte[]> record, Position position) {
            try {
                SourceEvent event = events.read(record.headers());
                if (record.key() == null) {
                    throw new IllegalArgumentException("a source record needs a key; this one has none");
                }
                if (record.key().length > DeadLetter.KEY_BYTES) {
                    throw new IllegalArgumentException("a key has at most " + DeadLetter.KEY_BYTES
                            + " bytes; this one has " + record.key().length);
                }
                SourceKey.require(record.key());
                return new SourceRecord(
                        event, record.key(), record.value(), record.headers(), record.timestamp(), position);
            } catch (IllegalArgumentException e) {
                // Nothing is known of the record but its bytes; Streams' handler keeps them as a dead letter.
                throw new UnreadableSourceException(Outlet.UNREADABLE, String.valueOf(e.getMessage()));
            }
        }

        /** A record of a topic that only we write to. */
        private static void ours(Record<byte[], byte[]> record, Consumer<Record<byte[], byte[]>> use) {
            try {
                use.accept(record);
            } catch (IllegalArgumentException e) {
                // Somebody else wrote there, nothing we could use; Streams' handler keeps it as a dead letter.
                throw new UnreadableSourceException(Outlet.UNREADABLE, String.valueOf(e.getMessage()));
            }
        }

        /** A listing says by which ListingId it goes. */
        private void announced(Record<byte[], byte[]> record) {
            listingIds.take(record.key(), record.value());
            sheetStatus.renamed(StateKeys.listing(record.key()), record.timestamp());
        }

        private static Position position(RecordMetadata metadata) {
            return new Position(metadata.topic(), metadata.partition(), metadata.offset());
        }
    }
}
