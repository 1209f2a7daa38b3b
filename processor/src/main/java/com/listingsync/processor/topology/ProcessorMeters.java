package com.listingsync.processor.topology;

import com.listingsync.common.event.Entity;
import com.listingsync.common.meter.Meter;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.topic.Stage;
import com.listingsync.processor.map.Warnings;
import io.micrometer.core.instrument.Counter;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The processor's meters, shared by all of its tasks. Thread-safe. */
public final class ProcessorMeters implements Warnings {

    private final Meters meters;
    private final Map<Entity, Map<String, Counter>> records = new EnumMap<>(Entity.class);
    private final Map<Entity, AtomicLong> parked = new EnumMap<>(Entity.class);
    private final Set<OldestParked> oldest = ConcurrentHashMap.newKeySet();

    public ProcessorMeters(Meters meters) {
        this(meters, Clock.systemUTC());
    }

    /** @param clock tells how long the oldest parked record has waited */
    public ProcessorMeters(Meters meters, Clock clock) {
        this.meters = meters;
        meters.gauge(Meter.PROCESSOR_PARKED_OLDEST, () -> oldestSeconds(clock));
        for (Entity entity : Entity.values()) {
            records.put(entity, new ConcurrentHashMap<>());
            if (entity.child()) {
                AtomicLong count = new AtomicLong();
                parked.put(entity, count);
                meters.gauge(Meter.PROCESSOR_PARKED, count::get, entity.wireName());
            }
        }
    }

    void record(Entity entity, String outcome) {
        Map<String, Counter> ofEntity = Objects.requireNonNull(records.get(entity), "every entity has counters");
        ofEntity.computeIfAbsent(outcome, name -> meters.counter(Meter.PROCESSOR_RECORDS, entity.wireName(), name))
                .increment();
    }

    void deadLetter(String code) {
        meters.counter(Meter.DEAD_LETTERS, Stage.PROCESSOR.wireName(), code).increment();
    }

    /** Changes the number of children of a kind that wait, by this task's share. */
    void parked(Entity entity, long change) {
        AtomicLong count = parked.get(entity);
        if (count != null) {
            count.addAndGet(change);
        }
    }

    /** One task's share in what the oldest parked record is; the task closes it when it goes elsewhere. */
    OldestParked oldestParked() {
        OldestParked share = new OldestParked();
        oldest.add(share);
        return share;
    }

    private double oldestSeconds(Clock clock) {
        long millis = oldest.stream().mapToLong(OldestParked::millis).min().orElse(Long.MAX_VALUE);
        return millis == Long.MAX_VALUE ? 0 : Math.max(0, clock.millis() - millis) / 1000.0;
    }

    /** When a task's oldest parked record was recorded. Written by the task's thread, read by any. */
    final class OldestParked implements AutoCloseable {

        private volatile long millis = Long.MAX_VALUE;

        /** Milliseconds since 1970; {@link Long#MAX_VALUE} when nothing is parked. */
        long millis() {
            return millis;
        }

        void is(long now) {
            millis = now;
        }

        void atMost(long other) {
            is(Math.min(millis, other));
        }

        @Override
        public void close() {
            oldest.remove(this);
        }
    }

    void warning(String table, String column, String code) {
        meters.counter(Meter.PROCESSOR_WARNINGS, table, column, code).increment();
    }

    @Override
    public void becameNull(String table, String column) {
        warning(table, column, "bad-value");
    }
}
