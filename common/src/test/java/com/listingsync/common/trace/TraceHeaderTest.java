package com.listingsync.common.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceHeaderTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";
    private static final String WRITTEN = "00-" + TRACE + "-" + SPAN + "-01";

    private final Headers headers = new RecordHeaders();

    @Test
    void isWrittenAsW3cSaysAndReadBack() {
        TraceHeader.write(point(), headers);

        assertThat(headers).singleElement().satisfies(header -> {
            assertThat(header.key()).isEqualTo("traceparent");
            assertThat(new String(header.value(), StandardCharsets.US_ASCII)).isEqualTo(WRITTEN);
        });
        assertThat(TraceHeader.read(headers)).get().satisfies(read -> {
            assertThat(read.traceId()).isEqualTo(TRACE);
            assertThat(read.context().getSpanId()).isEqualTo(SPAN);
        });
    }

    @Test
    void replacesTheOneBefore() {
        headers.add("traceparent", "00-11111111111111111111111111111111-2222222222222222-01".getBytes());

        TraceHeader.write(point(), headers);

        assertThat(headers.headers("traceparent")).hasSize(1);
        assertThat(TraceHeader.read(headers))
                .get()
                .extracting(TracePoint::traceId)
                .isEqualTo(TRACE);
    }

    @Test
    void isNotThereOnARecordThatIsNotTraced() {
        assertThat(TraceHeader.read(headers)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "00-" + TRACE + "-" + SPAN + "-00",
                "00-00000000000000000000000000000000-" + SPAN + "-01",
                "00-" + TRACE + "-0000000000000000-01",
                "ff-" + TRACE + "-" + SPAN + "-01",
                "00-" + TRACE + "-" + SPAN
            })
    void ofAnUnrecordedTraceOrOfNoneLeadsNowhere(String value) {
        headers.add("traceparent", value.getBytes(StandardCharsets.UTF_8));

        assertThat(TraceHeader.read(headers)).isEmpty();
    }

    @Test
    void withoutAValueLeadsNowhere() {
        headers.add("traceparent", null);

        assertThat(TraceHeader.read(headers)).isEmpty();
    }

    private static TracePoint point() {
        return new TracePoint(SpanContext.create(TRACE, SPAN, TraceFlags.getSampled(), TraceState.getDefault()));
    }
}
