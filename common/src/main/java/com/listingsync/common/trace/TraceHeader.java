package com.listingsync.common.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * How a record carries its place in a trace: a header as W3C Trace Context says ({@code traceparent}), in ASCII. A record that
 * is not traced has none. Pure.
 */
public final class TraceHeader {

    /** Name of the header (W3C Trace Context, 3.2). */
    public static final String NAME = "traceparent";

    private static final W3CTraceContextPropagator CODEC = W3CTraceContextPropagator.getInstance();
    private static final Out OUT = new Out();
    private static final In IN = new In();

    private TraceHeader() {}

    /** The place in these headers; empty when there is none, when it can't be read, and when its trace is not recorded. */
    public static Optional<TracePoint> read(Headers headers) {
        if (headers.lastHeader(NAME) == null) {
            return Optional.empty();
        }
        SpanContext context =
                Span.fromContext(CODEC.extract(Context.root(), headers, IN)).getSpanContext();
        return context.isValid() && context.isSampled() ? Optional.of(new TracePoint(context)) : Optional.empty();
    }

    /** Puts a place into headers, in place of any there. */
    public static void write(TracePoint point, Headers headers) {
        CODEC.inject(Context.root().with(Span.wrap(point.context())), headers, OUT);
    }

    private static final class Out implements TextMapSetter<Headers> {

        @Override
        public void set(@Nullable Headers headers, String name, String value) {
            // A trace state is vendors' own: none of it goes on.
            if (headers != null && name.equals(NAME)) {
                headers.remove(NAME);
                headers.add(NAME, value.getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    private static final class In implements TextMapGetter<Headers> {

        @Override
        public @Nullable String get(@Nullable Headers headers, String name) {
            Header header = headers == null || !name.equals(NAME) ? null : headers.lastHeader(NAME);
            return header == null || header.value() == null
                    ? null
                    : new String(header.value(), StandardCharsets.US_ASCII);
        }
    }
}
