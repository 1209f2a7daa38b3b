package com.listingsync.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.meter.Meters;
import com.listingsync.common.setting.EnvRecords;
import com.listingsync.common.trace.TraceHeader;
import com.listingsync.common.trace.TracePoint;
import com.listingsync.common.trace.Tracing;
import com.listingsync.common.trace.TracingSettings;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordTracesTest {

    private static final String ONE = "0af7651916cd43dd8448eb211c80319c";
    private static final String OTHER = "1bf7651916cd43dd8448eb211c80319d";

    private final Meters meters = new Meters();

    /** Nobody listens there: what is sent is lost, and nothing else happens. */
    private final Tracing tracing = Tracing.of(
            EnvRecords.read(
                    TracingSettings.class,
                    Map.of("SYNC_TRACING", "otlp", "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1")),
            "processor",
            meters);

    private final RecordTraces traces = new RecordTraces(tracing);
    private final Headers row = new RecordHeaders();

    @AfterEach
    void close() {
        tracing.close();
        meters.close();
    }

    @Test
    void aTracedRecordsRowGoesOnInItsTrace() {
        Headers record = traced(ONE);
        traces.begin(record);

        traces.sending("properties", record, row);

        assertThat(TraceHeader.read(row)).get().extracting(TracePoint::traceId).isEqualTo(ONE);
        assertThat(row.lastHeader(TraceHeader.NAME).value())
                .isNotEqualTo(record.lastHeader(TraceHeader.NAME).value());
    }

    @Test
    void whatItMakesNecessaryBesidesGoesOnInItsTraceToo() {
        traces.begin(traced(ONE));

        traces.sending("listing_status_history", null, row);

        assertThat(TraceHeader.read(row)).get().extracting(TracePoint::traceId).isEqualTo(ONE);
    }

    @Test
    void aChildThatWaitedStaysInItsOwnTraceWhateverReleasesIt() {
        traces.begin(traced(ONE));

        traces.sending("media", traced(OTHER), row);

        assertThat(TraceHeader.read(row)).get().extracting(TracePoint::traceId).isEqualTo(OTHER);
    }

    @Test
    void anUntracedChildIsNotTracedBecauseItsListingIs() {
        traces.begin(traced(ONE));

        traces.sending("media", new RecordHeaders(), row);

        assertThat(row).isEmpty();
    }

    @Test
    void anUntracedRecordsRowHasNoHeader() {
        Headers record = new RecordHeaders();
        traces.begin(record);

        traces.sending("properties", record, row);

        assertThat(row).isEmpty();
    }

    @Test
    void aRecordsTraceEndsWithTheRecord() {
        traces.begin(traced(ONE));
        traces.end();
        traces.begin(new RecordHeaders());

        traces.sending("properties", null, row);

        assertThat(row).isEmpty();
    }

    @Test
    void costNothingButAQuestionWhenOff() {
        assertThat(new RecordTraces(Tracing.off()).isOn()).isFalse();
    }

    private static Headers traced(String trace) {
        Headers headers = new RecordHeaders();
        headers.add(TraceHeader.NAME, ("00-" + trace + "-b7ad6b7169203331-01").getBytes(StandardCharsets.US_ASCII));
        return headers;
    }
}
