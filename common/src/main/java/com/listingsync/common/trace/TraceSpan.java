package com.listingsync.common.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.util.function.Supplier;

/** A piece of work that a trace tells of, begun and some time ended. Thread-safe. */
public final class TraceSpan {

    /** Tells nobody anything. */
    static final TraceSpan NONE = new TraceSpan(Span.getInvalid());

    /** Codes and names of ours are far shorter; a foreign one must not fill a collector. */
    private static final int LONGEST_TEXT = 200;

    private final Span span;

    TraceSpan(Span span) {
        this.span = span;
    }

    /** Whether anybody is told of it. */
    public boolean isTold() {
        return this != NONE;
    }

    /** Where those go on that follow from this. */
    public TracePoint point() {
        return new TracePoint(span.getSpanContext());
    }

    public TraceSpan with(TraceFact fact, String value) {
        span.setAttribute(fact.attribute(), value.length() <= LONGEST_TEXT ? value : value.substring(0, LONGEST_TEXT));
        return this;
    }

    public TraceSpan with(TraceFact fact, long value) {
        span.setAttribute(fact.attribute(), value);
        return this;
    }

    /** It did not go well. */
    public TraceSpan failed(String cause) {
        span.setStatus(StatusCode.ERROR);
        return with(TraceFact.CAUSE, cause);
    }

    /** Another piece of work belongs to it too, in this trace or in another. */
    public TraceSpan linkedTo(TracePoint other) {
        span.addLink(other.context());
        return this;
    }

    public void end() {
        span.end();
    }

    /** Does the work as part of this: {@link Tracing#within} goes on from it, on this thread. */
    public <T> T during(Supplier<T> work) {
        return Context.current().with(span).wrapSupplier(work).get();
    }
}
