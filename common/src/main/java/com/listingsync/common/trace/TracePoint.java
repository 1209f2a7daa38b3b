package com.listingsync.common.trace;

import io.opentelemetry.api.trace.SpanContext;

/** A place in a trace that other spans, of other processes too, go on from. Immutable. */
public final class TracePoint {

    private final SpanContext context;

    TracePoint(SpanContext context) {
        this.context = context;
    }

    SpanContext context() {
        return context;
    }

    /** The trace it is of: 32 hexadecimal digits. */
    public String traceId() {
        return context.getTraceId();
    }
}
