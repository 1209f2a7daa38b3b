package com.listingsync.common.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.listingsync.common.meter.Meters;
import com.listingsync.common.setting.EnvRecords;
import com.listingsync.common.setting.SettingsException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TracingSettingsTest {

    @Test
    void tracesNothingUnlessAsked() {
        try (Meters meters = new Meters()) {
            Tracing tracing = Tracing.of(read(Map.of()), "producer", meters);

            assertThat(tracing.isOn()).isFalse();
            assertThat(tracing.picks()).isFalse();
            assertThat(tracing.within("request")).isSameAs(TraceSpan.NONE);
            assertThat(meters.scrape()).doesNotContain("listings_trace_spans");
        }
    }

    @Test
    void addsThePathOfTracesToTheCollectorsAddress() {
        assertThat(read(Map.of()).tracesAddress()).isEqualTo("http://localhost:4318/v1/traces");
        assertThat(read(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "https://otlp.example.com/team/"))
                        .tracesAddress())
                .isEqualTo("https://otlp.example.com/team/v1/traces");
    }

    @Test
    void readsHeadersAndNeverPrintsThem() {
        TracingSettings settings = read(
                Map.of("OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer planted-secret-otlp=, x-scope-orgid=7"));

        assertThat(settings.headersByName())
                .containsOnly(
                        Map.entry("authorization", "Bearer planted-secret-otlp="), Map.entry("x-scope-orgid", "7"));
        assertThat(settings.toString()).doesNotContain("planted");
    }

    @ParameterizedTest
    @CsvSource({
        "always_on, 1",
        "parentbased_always_on, 1",
        "always_off, 0",
        "parentbased_always_off, 0",
        "traceidratio, 0.25",
        "parentbased_traceidratio, 0.25"
    })
    void knowsOpenTelemetrysSamplersByName(String sampler, double share) {
        TracingSettings settings = read(Map.of("OTEL_TRACES_SAMPLER", sampler, "OTEL_TRACES_SAMPLER_ARG", "0.25"));

        assertThat(settings.sampler().share(settings.ratio())).isEqualTo(share);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource({
        "OTEL_EXPORTER_OTLP_ENDPOINT, collector:4318, 'expected an address such as https://host/path'",
        "OTEL_EXPORTER_OTLP_ENDPOINT, http://user:planted-secret-in-url@collector:4318, 'expected an address without user, password'",
        "OTEL_TRACES_SAMPLER, sometimes, 'expected one of always_on, always_off, traceidratio'",
        "OTEL_TRACES_SAMPLER_ARG, 1.5, 'expected a share from 0 to 1'",
        "OTEL_TRACES_SAMPLER_ARG, NaN, 'expected a share from 0 to 1'",
        "OTEL_TRACES_SAMPLER_ARG, some, 'expected a number'",
        "OTEL_EXPORTER_OTLP_HEADERS, planted-secret-alone, 'expected name=value'",
        "SYNC_TRACING, yes, 'expected one of off, otlp'"
    })
    void saysWhatIsWrongByNameAndNotByValue(String variable, String value, String expected) {
        assertThatThrownBy(() -> read(Map.of(variable, value)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(variable + ": " + expected)
                .hasMessageNotContaining("planted");
    }

    private static TracingSettings read(Map<String, String> environment) {
        return EnvRecords.read(TracingSettings.class, environment);
    }
}
