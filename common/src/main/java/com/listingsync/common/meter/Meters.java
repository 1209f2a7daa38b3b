package com.listingsync.common.meter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The meters of one service: hands out {@link Meter}s as Micrometer instruments and prints them for Prometheus.
 * Thread-safe. Asking twice for the same meter and tag values gives the same instrument; hot paths keep it.
 */
public final class Meters implements AutoCloseable {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();

    public Meters() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        gc.bindTo(registry);
    }

    /** A counter; {@code tagValues} in the order of {@link Meter#tags()}. */
    public Counter counter(Meter meter, String... tagValues) {
        return Counter.builder(meter.meterName())
                .description(meter.doc())
                .tags(tags(meter, Meter.Kind.COUNTER, tagValues))
                .register(registry);
    }

    /** A timer with quantiles by histogram; {@code tagValues} in the order of {@link Meter#tags()}. */
    public Timer timer(Meter meter, String... tagValues) {
        return Timer.builder(meter.meterName())
                .description(meter.doc())
                .serviceLevelObjectives(meter.buckets())
                .tags(tags(meter, Meter.Kind.TIMER, tagValues))
                .register(registry);
    }

    /** A distribution; {@code tagValues} in the order of {@link Meter#tags()}. */
    public DistributionSummary summary(Meter meter, String... tagValues) {
        return DistributionSummary.builder(meter.meterName())
                .description(meter.doc())
                .tags(tags(meter, Meter.Kind.SUMMARY, tagValues))
                .register(registry);
    }

    /** Registers a gauge that asks {@code value} when it is read; {@code tagValues} in the order of {@link Meter#tags()}. */
    public void gauge(Meter meter, Supplier<Number> value, String... tagValues) {
        Gauge.builder(meter.meterName(), value)
                .description(meter.doc())
                .tags(tags(meter, Meter.Kind.GAUGE, tagValues))
                .register(registry);
    }

    /** The registry itself, for binders of libraries (Kafka clients, Resilience4j). */
    public PrometheusMeterRegistry registry() {
        return registry;
    }

    /** All meters in Prometheus' text format. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        gc.close();
        registry.close();
    }

    private static Tags tags(Meter meter, Meter.Kind kind, String... values) {
        if (meter.kind() != kind) {
            throw new IllegalArgumentException(meter + " is a " + meter.kind() + ", not a " + kind);
        }
        if (values.length != meter.tags().size()) {
            throw new IllegalArgumentException(
                    meter + " has tags " + meter.tags() + "; found " + values.length + " values");
        }
        List<Tag> tags = new ArrayList<>(values.length);
        for (int i = 0; i < values.length; i++) {
            tags.add(Tag.of(meter.tags().get(i), values[i]));
        }
        return Tags.of(tags);
    }
}
