package com.listingsync.sink;

import com.listingsync.common.mapping.TableLayout;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.setting.EnvRecords;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.common.topic.Topics;
import com.listingsync.common.trace.Tracing;
import com.listingsync.sink.consume.Identity;
import com.listingsync.sink.consume.Purpose;
import com.listingsync.sink.consume.SinkConsumption;
import com.listingsync.sink.consume.SinkLoop;
import com.listingsync.sink.deliver.DeliverySettings;
import com.listingsync.sink.deliver.SupabaseDelivery;
import com.listingsync.sink.deliver.SupabaseSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sink's own machinery, once more over a part of the rows topic: the same loop, batches and verdicts, in a group of its own.
 * It ends by itself when its {@link com.listingsync.sink.consume.Intake} is exhausted. Thread-safe.
 */
public final class RowReplay implements AutoCloseable {

    private final SupabaseDelivery supabase;
    private final SinkThreads threads;
    private final SinkLoop loop;
    private final List<TableLayout> layouts;

    private RowReplay(SupabaseDelivery supabase, SinkThreads threads, SinkLoop loop, List<TableLayout> layouts) {
        this.supabase = supabase;
        this.threads = threads;
        this.loop = loop;
        this.layouts = layouts;
    }

    /**
     * Where a replay stands in Kafka.
     *
     * @param clients properties of Kafka clients
     * @param topics the topic catalogue
     * @param identity its group; an instance that is started under the same name puts the one before out
     */
    public record Place(Map<String, Object> clients, Topics topics, Identity identity) {
        public Place {
            clients = Map.copyOf(clients);
        }
    }

    /**
     * A replay that is ready to be started; nobody is contacted yet.
     *
     * @param destination environment variables that name the Supabase project and how hard it is worked, as for the sink
     * @param layouts every table rows may be for
     * @param purpose what of the log is sent, and how it is counted
     * @param mostRows most rows of one round; 0 for as many as the sink takes
     * @throws SettingsException when a setting is wrong
     */
    public static RowReplay of(
            Map<String, String> destination,
            Place place,
            List<TableLayout> layouts,
            Purpose purpose,
            int mostRows,
            Meters meters) {
        SupabaseSettings project = EnvRecords.read(SupabaseSettings.class, destination);
        DeliverySettings delivery = EnvRecords.read(DeliverySettings.class, destination);
        SupabaseDelivery supabase = new SupabaseDelivery(project, delivery, meters);
        SinkThreads threads = new SinkThreads(delivery.maxInFlight());
        int rows = SinkApp.pollRows(delivery.batchRows());
        SinkLoop loop = SinkConsumption.loop(
                purpose,
                place.clients(),
                place.identity(),
                place.topics(),
                layouts,
                supabase,
                threads.workers(),
                mostRows == 0 ? rows : Math.min(mostRows, rows),
                delivery.retryDelay(),
                () -> false,
                meters,
                // These rows have their stories told already.
                Tracing.off());
        return new RowReplay(supabase, threads, loop, List.copyOf(layouts));
    }

    /** Begins; returns at once. */
    public void start() {
        threads.startEntry(() -> supabase.awaitEntry(layouts));
        threads.startLoop(loop);
    }

    /** Why nothing goes to Supabase at present, in words; empty when it does. */
    public Optional<String> waitsFor() {
        return supabase.closedBecause();
    }

    /** Waits for the end, but not for long; says whether it has come, by itself or because it was stopped. */
    public boolean awaitEnd(Duration atMost) throws InterruptedException {
        return threads.end().await(atMost);
    }

    /** What made it end before it was done; empty while it runs, and after an orderly end. */
    public Optional<Throwable> failure() {
        return threads.end().failure();
    }

    /** Finishes and records what is in flight if that is a matter of seconds, and ends. Idempotent. */
    @Override
    public void close() {
        loop.stop();
        threads.close(supabase);
        supabase.close();
    }
}
