package com.listingsync.common.trace;

import com.listingsync.common.meter.Meter;
import com.listingsync.common.meter.Meters;
import io.micrometer.core.instrument.Counter;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where ended spans leave for the collector, in batches, on a thread of their own. At most so many wait; who ends one more drops
 * it and never waits. Every span is counted once: {@code sent}, {@code dropped} (too many waited) or {@code failed} (the
 * collector did not take it). Thread-safe.
 */
final class SpanOutlet implements SpanProcessor {

    /** Some 2 MB. */
    static final int MOST_WAITING = 2_048;

    private static final Logger LOG = LoggerFactory.getLogger(SpanOutlet.class);
    private static final int BATCH = 512;
    private static final Duration BETWEEN_BATCHES = Duration.ofSeconds(1);

    /** Longer than the exporter itself gives a request, so that each batch's fate is known. */
    private static final Duration BATCH_TIMEOUT = Duration.ofSeconds(15);

    private final AtomicInteger waiting = new AtomicInteger();
    private final SpanProcessor batches;
    private final Counter dropped;

    SpanOutlet(SpanExporter exporter, Meters meters) {
        this.dropped = meters.counter(Meter.TRACE_SPANS, "dropped");
        this.batches = BatchSpanProcessor.builder(new Counting(exporter, waiting, meters))
                .setMaxQueueSize(MOST_WAITING)
                .setMaxExportBatchSize(BATCH)
                .setScheduleDelay(BETWEEN_BATCHES)
                .setExporterTimeout(BATCH_TIMEOUT)
                .build();
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        // Only its end matters.
    }

    @Override
    public boolean isStartRequired() {
        return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            dropped.increment();
        } else {
            batches.onEnd(span);
        }
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }

    @Override
    public CompletableResultCode shutdown() {
        return batches.shutdown();
    }

    @Override
    public CompletableResultCode forceFlush() {
        return batches.forceFlush();
    }

    /** Counts what becomes of spans, and says once when the collector stops taking them. */
    private static final class Counting implements SpanExporter {

        private final SpanExporter exporter;
        private final AtomicInteger waiting;
        private final Counter sent;
        private final Counter failed;
        private final AtomicBoolean inTrouble = new AtomicBoolean();

        Counting(SpanExporter exporter, AtomicInteger waiting, Meters meters) {
            this.exporter = exporter;
            this.waiting = waiting;
            this.sent = meters.counter(Meter.TRACE_SPANS, "sent");
            this.failed = meters.counter(Meter.TRACE_SPANS, "failed");
        }

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            int size = spans.size();
            CompletableResultCode result = exporter.export(spans);
            return result.whenComplete(() -> {
                waiting.addAndGet(-size);
                (result.isSuccess() ? sent : failed).increment(size);
                tell(result.isSuccess());
            });
        }

        private void tell(boolean taken) {
            boolean before = inTrouble.getAndSet(!taken);
            if (!taken && !before) {
                LOG.atWarn()
                        .log(
                                "the collector of traces (OTEL_EXPORTER_OTLP_ENDPOINT) takes no spans; they are counted and lost");
            } else if (taken && before) {
                LOG.atInfo().log("the collector of traces takes spans again");
            }
        }

        @Override
        public CompletableResultCode flush() {
            return exporter.flush();
        }

        @Override
        public CompletableResultCode shutdown() {
            return exporter.shutdown();
        }
    }
}
