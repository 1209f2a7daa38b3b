package com.listingsync.sink.deliver;

import com.listingsync.common.mapping.TableLayout;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.trace.Tracing;
import com.listingsync.sink.batch.Batch;
import com.listingsync.sink.batch.BatchLimits;
import com.listingsync.sink.cutover.SyncMode;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Supabase as the destination of batches: what the Kafka side sees of this package. Thread-safe; calls block their thread while
 * Supabase is down, however long.
 */
public final class SupabaseDelivery implements AutoCloseable {

    private final DeliverySettings settings;
    private final RestClient client;
    private final Gate gate;
    private final BatchSizes sizes;
    private final DeliveryMeters meters;
    private final DeliveryPolicy policy;
    private final SyncMode mode;

    /** One that writes. */
    public SupabaseDelivery(SupabaseSettings supabase, DeliverySettings settings, Meters meters) {
        this(supabase, settings, SyncMode.LIVE, meters, Tracing.off());
    }

    /**
     * @param mode says whether batches are sent, or only looked at; Supabase is asked for its tables either way
     * @param tracing follows the requests of batches that are followed
     */
    public SupabaseDelivery(
            SupabaseSettings supabase, DeliverySettings settings, SyncMode mode, Meters meters, Tracing tracing) {
        this.settings = settings;
        this.mode = mode;
        this.client = new RestClient(supabase, settings.maxInFlight(), Clock.systemUTC());
        this.gate = new Gate(breaker(settings), settings, System::nanoTime);
        this.sizes = new BatchSizes(settings.batchRows(), settings.batchBytes().bytes());
        this.meters = new DeliveryMeters(meters);
        this.meters.watch(gate);
        this.policy = new DeliveryPolicy(client, gate, sizes, this.meters, tracing, settings, System::nanoTime);
    }

    /**
     * Delivers a batch.
     *
     * @throws AbandonedException when it was abandoned, or this was stopped, before every row was dealt with
     */
    public BatchReport deliver(Batch batch, Orphans orphans, Abandonment abandonment) {
        if (!mode.writes()) {
            BatchReport report = Rehearsal.of(batch);
            meters.rehearsed(batch, batch.size() - report.refused().size());
            return report;
        }
        return new BatchDelivery(policy, gate, sizes, meters, orphans, settings.refusalLimit(), abandonment)
                .deliver(batch);
    }

    /**
     * Returns once Supabase has answered that the key is good and that every table is there with its keys and its guard's
     * column. That the guard's trigger is there too, REST can't tell.
     *
     * @throws AbandonedException when this was stopped before
     */
    public void awaitEntry(List<TableLayout> tables) {
        for (TableLayout table : tables) {
            List<String> columns = new ArrayList<>(table.keyColumns());
            table.guard().ifPresent(columns::add);
            policy.awaitEntry(table.name(), columns, new Abandonment());
        }
    }

    /** How large a batch of a table may be now. */
    public BatchLimits limits(TableLayout table) {
        return sizes.limits(table);
    }

    /** Requests that may be under way now. */
    public int inFlightLimit() {
        return gate.limit();
    }

    /** Why nothing goes to Supabase at present and what to do, in words; empty when it does. */
    public Optional<String> closedBecause() {
        return gate.closedBecause();
    }

    /** Sends nothing new; deliveries that wait for their turn are abandoned. Those under way may finish. */
    public void stop() {
        gate.stop();
    }

    /** Breaks off what is under way. */
    @Override
    public void close() {
        gate.stop();
        client.close();
    }

    private static CircuitBreaker breaker(DeliverySettings settings) {
        return CircuitBreaker.of(
                "supabase",
                CircuitBreakerConfig.custom()
                        // Opens when all of the last calls failed: so many failures in a row.
                        .failureRateThreshold(100)
                        .slidingWindow(
                                settings.breakerThreshold(),
                                settings.breakerThreshold(),
                                CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                        .waitDurationInOpenState(settings.breakerTimeout())
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .writableStackTraceEnabled(false)
                        .build());
    }
}
