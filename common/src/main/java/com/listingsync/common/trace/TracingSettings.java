package com.listingsync.common.trace;

import com.listingsync.common.setting.Env;
import com.listingsync.common.setting.Secret;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * Whether and where records are traced. Those that OpenTelemetry has a name for have that name.
 *
 * @param export whether at all
 * @param endpoint the collector, without the path of traces
 * @param headers what every request to it carries
 * @param sampler which records are followed
 * @param ratio the share of them, 0 to 1, where the sampler asks for one
 * @param service the name this service goes by; empty for listing-sync- and its own
 */
public record TracingSettings(
        @Env(
                name = "SYNC_TRACING",
                fallback = "off",
                doc =
                        "Whether picked records are traced from their source to Supabase: off, or otlp (docs/deployment.md).")
        TraceExport export,

        @Env(
                name = "OTEL_EXPORTER_OTLP_ENDPOINT",
                fallback = "http://localhost:4318",
                doc =
                        "Address of the collector of traces, which takes OTLP (protobuf) over HTTP; /v1/traces is added. While it"
                                + " can't be reached, spans are dropped and counted, and nothing waits.")
        URI endpoint,

        @Env(
                name = "OTEL_EXPORTER_OTLP_HEADERS",
                fallback = "",
                doc =
                        "Headers of every request to the collector, such as authorization=Bearer abc; several with commas.")
        Secret headers,

        @Env(
                name = "OTEL_TRACES_SAMPLER",
                fallback = "traceidratio",
                doc =
                        "Which records are traced, decided once, when they are published: always_on, always_off or traceidratio;"
                                + " parentbased_ before it changes nothing.")
        TraceSampler sampler,

        @Env(
                name = "OTEL_TRACES_SAMPLER_ARG",
                fallback = "0.01",
                doc = "The share of records that traceidratio picks, from 0 to 1.")
        double ratio,

        @Env(
                name = "OTEL_SERVICE_NAME",
                fallback = "",
                doc = "Name of this service in traces; empty for listing-sync-producer and so on.")
        String service) {

    public TracingSettings {
        if (endpoint.getUserInfo() != null || endpoint.getQuery() != null || endpoint.getFragment() != null) {
            throw new IllegalArgumentException(
                    "OTEL_EXPORTER_OTLP_ENDPOINT: expected an address without user, password and"
                            + " query, such as http://collector:4318; credentials go into OTEL_EXPORTER_OTLP_HEADERS");
        }
        if (!(ratio >= 0 && ratio <= 1)) {
            throw new IllegalArgumentException("OTEL_TRACES_SAMPLER_ARG: expected a share from 0 to 1, such as 0.01");
        }
        headersOf(headers);
    }

    /** The headers by name. */
    Map<String, String> headersByName() {
        return headersOf(headers);
    }

    /** Where traces go. */
    String tracesAddress() {
        String base = endpoint.toString();
        return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/v1/traces";
    }

    private static Map<String, String> headersOf(Secret headers) {
        Map<String, String> byName = new HashMap<>();
        for (String pair : headers.reveal().split(",", -1)) {
            if (pair.isBlank()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = equals < 0 ? "" : pair.substring(0, equals).strip();
            String value = pair.substring(equals + 1).strip();
            if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+") || !value.matches("[\\x20-\\x7e]*")) {
                throw new IllegalArgumentException(
                        "OTEL_EXPORTER_OTLP_HEADERS: expected name=value, several with commas between them");
            }
            byName.put(name, value);
        }
        return byName;
    }
}
