package com.listingsync.console.up;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A span as it came over OTLP (opentelemetry/proto/trace/v1/trace.proto).
 *
 * @param service name of who sent it
 * @param id its own
 * @param parent the id of the span above it; empty for none
 * @param attributes by name, numbers as text
 * @param links traces and spans it is linked to, {@code trace/span}
 */
record OtlpSpan(
        String service,
        String trace,
        String id,
        String parent,
        String name,
        long startNanos,
        long endNanos,
        Map<String, String> attributes,
        List<String> links) {

    /** All spans of a request's body. */
    static List<OtlpSpan> of(byte[] request) {
        List<OtlpSpan> spans = new ArrayList<>();
        for (ProtoFields resourceSpans : ProtoFields.of(request).messages(1)) {
            ProtoFields resource = ProtoFields.of(resourceSpans.bytes(1));
            String service = attributes(resource.messages(1)).getOrDefault("service.name", "");
            for (ProtoFields scopeSpans : resourceSpans.messages(2)) {
                scopeSpans.messages(2).forEach(span -> spans.add(of(service, span)));
            }
        }
        return spans;
    }

    String attribute(String name) {
        return attributes.getOrDefault(name, "");
    }

    private static OtlpSpan of(String service, ProtoFields span) {
        return new OtlpSpan(
                service,
                hex(span.bytes(1)),
                hex(span.bytes(2)),
                hex(span.bytes(4)),
                span.text(5),
                span.number(7),
                span.number(8),
                attributes(span.messages(9)),
                span.messages(13).stream()
                        .map(link -> hex(link.bytes(1)) + "/" + hex(link.bytes(2)))
                        .toList());
    }

    private static Map<String, String> attributes(List<ProtoFields> pairs) {
        Map<String, String> attributes = new TreeMap<>();
        for (ProtoFields pair : pairs) {
            ProtoFields value = ProtoFields.of(pair.bytes(2));
            attributes.put(pair.text(1), value.all(1).isEmpty() ? Long.toString(value.number(3)) : value.text(1));
        }
        return attributes;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
