package com.listingsync.common.trace;

import com.listingsync.common.meter.Meters;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The traces of one service. When it is off, {@link #isOn} is all that it costs: whoever would do work for a trace asks first.
 * What ends a span never waits for the collector. Thread-safe.
 */
public final class Tracing implements AutoCloseable {

    private static final Tracing OFF = new Tracing(TracerProvider.noop().get("listing-sync"), false, 0, () -> {});

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);

    /** What a stop gives the last spans to leave; a collector that hangs gets no more. */
    private static final int LAST_WORDS_SECONDS = 2;

    /** The library's own log repeats addresses; {@link SpanOutlet} says what there is to say. */
    private static final Logger LIBRARY = Logger.getLogger("io.opentelemetry");

    private final Tracer tracer;
    private final boolean on;
    private final double share;
    private final Runnable close;

    private Tracing(Tracer tracer, boolean on, double share, Runnable close) {
        this.tracer = tracer;
        this.on = on;
        this.share = share;
        this.close = close;
    }

    /** Traces nothing. */
    public static Tracing off() {
        return OFF;
    }

    /**
     * What the settings ask for; connects to nothing before there is a span.
     *
     * @param name of the service, such as producer
     */
    public static Tracing of(TracingSettings settings, String name, Meters meters) {
        if (settings.export() == TraceExport.OFF) {
            return OFF;
        }
        LIBRARY.setLevel(Level.OFF);
        OtlpHttpSpanExporterBuilder exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(settings.tracesAddress())
                .setTimeout(REQUEST_TIMEOUT)
                .setCompression("gzip");
        settings.headersByName().forEach(exporter::addHeader);
        String service = settings.service().isBlank() ? "listing-sync-" + name : settings.service();
        SdkTracerProvider provider = SdkTracerProvider.builder()
                // Who is followed is decided by picks() and by headers; every span that is begun counts.
                .setSampler(Sampler.alwaysOn())
                .setResource(Resource.getDefault()
                        .merge(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), service))))
                .addSpanProcessor(new SpanOutlet(exporter.build(), meters))
                .build();
        return new Tracing(
                provider.get("com.listingsync"),
                true,
                settings.sampler().share(settings.ratio()),
                () -> provider.shutdown().join(LAST_WORDS_SECONDS, TimeUnit.SECONDS));
    }

    public boolean isOn() {
        return on;
    }

    /** Whether to follow one more record from its source. */
    public boolean picks() {
        return share > 0 && (share >= 1 || ThreadLocalRandom.current().nextDouble() < share);
    }

    /** Begins a trace with a piece of work that began {@code since}. */
    public TraceSpan begin(String name, Instant since) {
        return new TraceSpan(tracer.spanBuilder(name)
                .setNoParent()
                .setSpanKind(SpanKind.CLIENT)
                .setStartTimestamp(since)
                .startSpan());
    }

    /** Begins what puts a record on a topic. */
    public TraceSpan sending(String name, TracePoint after) {
        return follow(name, SpanKind.PRODUCER, after);
    }

    /** Begins what is done with a record from a topic. */
    public TraceSpan receiving(String name, TracePoint after) {
        return follow(name, SpanKind.CONSUMER, after);
    }

    /** Begins a request to another system, as part of what this thread is at; when that is not followed, neither is this. */
    public TraceSpan within(String name) {
        if (!on || !Span.current().getSpanContext().isSampled()) {
            return TraceSpan.NONE;
        }
        return new TraceSpan(tracer.spanBuilder(name)
                .setParent(Context.current())
                .setSpanKind(SpanKind.CLIENT)
                .startSpan());
    }

    /** Sends what has ended, if that is a matter of seconds. Idempotent. */
    @Override
    public void close() {
        close.run();
    }

    private TraceSpan follow(String name, SpanKind kind, TracePoint after) {
        return new TraceSpan(tracer.spanBuilder(name)
                .setParent(Context.root().with(Span.wrap(after.context())))
                .setSpanKind(kind)
                .startSpan());
    }
}
