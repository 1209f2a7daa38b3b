package com.listingsync.sink.consume;

import com.listingsync.common.mapping.TableLayout;
import com.listingsync.common.meter.Commits;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.topic.Topics;
import com.listingsync.common.trace.Tracing;
import com.listingsync.sink.deliver.SupabaseDelivery;
import com.listingsync.sink.ledger.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/** Puts a {@link SinkLoop} together. Stateless. */
public final class SinkConsumption {

    private SinkConsumption() {}

    /**
     * A loop that is ready to run.
     *
     * @param purpose what it is there for
     * @param kafka properties of Kafka clients; those that our guarantees depend on are put on top
     * @param identity who this instance is in the group
     * @param topics the topic catalogue
     * @param layouts every table rows may be for
     * @param supabase where rows go
     * @param workers run deliveries, as many at a time as requests may be in flight
     * @param pollRows most rows of one round
     * @param held whether nothing new is to be written just now
     * @param tracing follows rows that bear a trace
     * @param orphanDelay how long rows without their parent wait before they are tried again
     */
    public static SinkLoop loop(
            Purpose purpose,
            Map<String, Object> kafka,
            Identity identity,
            Topics topics,
            List<TableLayout> layouts,
            SupabaseDelivery supabase,
            Executor workers,
            int pollRows,
            Duration orphanDelay,
            BooleanSupplier held,
            Meters meters,
            Tracing tracing) {
        KafkaClients clients = new KafkaClients(kafka, identity);
        Clock clock = Clock.systemUTC();
        Transactions transactions = new Transactions(
                clients::producer, KafkaClients.TRANSACTION_TIMEOUT, new Commits(meters, Stage.SINK.wireName()));
        return new SinkLoop(
                clients.consumer(pollRows),
                purpose.intake(),
                new RowReader(layouts, purpose.accounts(), purpose.share()),
                new RoundsInFlight(
                        new RoundDelivery(
                                new TracedDelivery(supabase, tracing), supabase, workers, orphanDelay, meters, clock),
                        supabase),
                supabase,
                held,
                transactions,
                new Ledger(transactions, refused(purpose, clients, topics), topics, meters, clock, purpose));
    }

    private static RefusedRows refused(Purpose purpose, KafkaClients clients, Topics topics) {
        return purpose.letters() == Purpose.Letters.OVERTAKEN
                ? new RefusedRows(clients::reader, topics)
                : RefusedRows.unheeded(topics);
    }
}
