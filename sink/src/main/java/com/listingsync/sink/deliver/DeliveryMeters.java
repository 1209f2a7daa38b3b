package com.listingsync.sink.deliver;

import com.listingsync.common.meter.Meter;
import com.listingsync.common.meter.Meters;
import com.listingsync.sink.batch.Batch;
import com.listingsync.sink.deliver.DeliveryVerdict.RetryLater;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** What delivery measures. Thread-safe; instruments are kept, because looking one up costs more than using it. */
final class DeliveryMeters {

    private final Meters meters;
    private final Map<String, Timer> requests = new ConcurrentHashMap<>();
    private final Map<String, DistributionSummary> batchRows = new ConcurrentHashMap<>();

    DeliveryMeters(Meters meters) {
        this.meters = meters;
    }

    void watch(Gate gate) {
        meters.gauge(Meter.SINK_IN_FLIGHT, gate::inFlight);
        meters.gauge(Meter.CIRCUIT_BREAKER_STATE, gate::breakerState, "supabase");
    }

    void answered(String table, DeliveryVerdict verdict, long tookNanos) {
        requests.computeIfAbsent(
                        table + "/" + verdict.label(), key -> meters.timer(Meter.SINK_REQUESTS, table, verdict.label()))
                .record(tookNanos, TimeUnit.NANOSECONDS);
        if (verdict instanceof RetryLater later) {
            meters.counter(Meter.SINK_RETRIES, later.cause()).increment();
        }
    }

    void accepted(Batch batch, int written) {
        String table = batch.table().name();
        batchRows
                .computeIfAbsent(table, key -> meters.summary(Meter.SINK_BATCH_ROWS, table))
                .record(batch.size());
        count(table, "written", written);
        count(table, "unchanged", batch.size() - written);
    }

    /** Rows that would have been sent. */
    void rehearsed(Batch batch, int rows) {
        count(batch.table().name(), "shadow", rows);
    }

    private void count(String table, String outcome, int rows) {
        if (rows > 0) {
            meters.counter(Meter.SINK_ROWS, table, outcome).increment(rows);
        }
    }
}
