package com.listingsync.common.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.meter.Meter;
import com.listingsync.common.meter.Meters;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SpanOutletTest {

    private final Meters meters = new Meters();
    private final Answers collector = new Answers();
    private final SdkTracerProvider provider = SdkTracerProvider.builder()
            .addSpanProcessor(new SpanOutlet(collector, meters))
            .build();

    @AfterEach
    void close() {
        collector.openFor(true);
        provider.close();
        meters.close();
    }

    @Test
    void countsWhatTheCollectorTookAndWhatItDidNot() {
        collector.openFor(true);
        end(3);
        provider.forceFlush().join(10, TimeUnit.SECONDS);
        collector.openFor(false);
        end(2);
        provider.forceFlush().join(10, TimeUnit.SECONDS);

        assertThat(count("sent")).isEqualTo(3);
        assertThat(count("failed")).isEqualTo(2);
        assertThat(count("dropped")).isZero();
    }

    @Test
    void dropsAndCountsWhatAHangingCollectorLeavesNoRoomFor() {
        end(SpanOutlet.MOST_WAITING + 500);

        assertThat(count("dropped")).isEqualTo(500);

        collector.openFor(true);
        provider.forceFlush().join(10, TimeUnit.SECONDS);
        assertThat(count("sent") + count("failed")).isEqualTo(SpanOutlet.MOST_WAITING);

        end(1);
        provider.forceFlush().join(10, TimeUnit.SECONDS);
        assertThat(count("dropped")).isEqualTo(500);
    }

    private void end(int spans) {
        for (int i = 0; i < spans; i++) {
            provider.get("test").spanBuilder("span").startSpan().end();
        }
    }

    private double count(String outcome) {
        return meters.counter(Meter.TRACE_SPANS, outcome).count();
    }

    /** A collector that keeps everybody waiting until it is told how to answer. */
    private static final class Answers implements SpanExporter {

        private final Queue<CompletableResultCode> waiting = new ConcurrentLinkedQueue<>();
        private volatile Boolean answer;

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            CompletableResultCode result = new CompletableResultCode();
            waiting.add(result);
            answerAll();
            return result;
        }

        void openFor(boolean well) {
            answer = well;
            answerAll();
        }

        private void answerAll() {
            Boolean how = answer;
            for (CompletableResultCode each = how == null ? null : waiting.poll();
                    each != null;
                    each = waiting.poll()) {
                if (how) {
                    each.succeed();
                } else {
                    each.fail();
                }
            }
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
