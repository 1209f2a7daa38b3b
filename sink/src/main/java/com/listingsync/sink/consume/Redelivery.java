package com.listingsync.sink.consume;

import com.listingsync.common.mapping.TableLayout;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.run.FeedName;
import com.listingsync.common.run.Tally;
import com.listingsync.common.setting.EnvRecords;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.sink.batch.Account;
import com.listingsync.sink.cutover.Share;
import com.listingsync.sink.deliver.DeliverySettings;
import com.listingsync.sink.deliver.SupabaseDelivery;
import com.listingsync.sink.deliver.SupabaseSettings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * A few rows sent once more, through the same batches and verdicts as all others; nothing is recorded in Kafka, and what is refused is
 * only told. Waits while Supabase is down. Confined to one thread.
 */
public final class Redelivery implements AutoCloseable {

    private static final Account ACCOUNT = new Account("redelivery", new FeedName("redelivery", "rows"));

    private final Meters meters = new Meters();
    private final SupabaseDelivery supabase;
    private final ExecutorService workers;
    private final RoundDelivery rounds;
    private final RowReader reader;

    /**
     * @param destination environment variables that name the Supabase project, as for the sink
     * @param layouts every table rows may be for
     * @throws SettingsException when a setting is wrong
     */
    public Redelivery(Map<String, String> destination, List<TableLayout> layouts) {
        DeliverySettings delivery = EnvRecords.read(DeliverySettings.class, destination);
        this.supabase = new SupabaseDelivery(EnvRecords.read(SupabaseSettings.class, destination), delivery, meters);
        this.workers = Executors.newFixedThreadPool(delivery.maxInFlight(), task -> {
            Thread thread = new Thread(task, "redelivery");
            thread.setDaemon(true);
            return thread;
        });
        this.rounds = new RoundDelivery(supabase, workers, delivery.retryDelay(), meters, Clock.systemUTC());
        this.reader = new RowReader(layouts, (table, origin) -> Optional.of(ACCOUNT), Share.ALL);
    }

    /** Sends rows, of several records of a row the last; returns what became of them, by the names of {@link Tally}. */
    public Tally send(List<ConsumerRecord<byte[], byte[]>> rows) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> byPartition = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> row : rows) {
            byPartition
                    .computeIfAbsent(new TopicPartition(row.topic(), row.partition()), place -> new ArrayList<>())
                    .add(row);
        }
        if (byPartition.isEmpty()) {
            return Tally.NONE;
        }
        Round round = Round.of(new ConsumerRecords<>(byPartition, Map.of()), reader, supabase::limits);
        return rounds.start(round).report().books().tallies().getOrDefault(ACCOUNT, Tally.NONE);
    }

    /** Breaks off what is under way. */
    @Override
    public void close() {
        supabase.close();
        workers.shutdownNow();
        meters.close();
    }
}
