package com.listingsync.processor.topology;

import com.listingsync.common.event.Entity;
import com.listingsync.common.meter.Meter;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.topic.Stage;
import com.listingsync.processor.map.Warnings;
import io.micrometer.core.instrument.Counter;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The processor's meters, shared by all of its tasks. Thread-safe. */
public final class ProcessorMeters implements Warnings {

    private final Meters meters;
    private final Map<String, Counter> records = new ConcurrentHashMap<>();
    private final Map<Entity, AtomicLong> parked = new EnumMap<>(Entity.class);

    public ProcessorMeters(Meters meters) {
        this.meters = meters;
        for (Entity entity : Entity.values()) {
            if (entity.child()) {
                AtomicLong count = new AtomicLong();
                parked.put(entity, count);
                meters.gauge(Meter.PROCESSOR_PARKED, count::get, entity.wireName());
            }
        }
    }

    void record(Entity entity, String outcome) {
        records.computeIfAbsent(
                        entity.wireName() + outcome,
                        key -> meters.counter(Meter.PROCESSOR_RECORDS, entity.wireName(), outcome))
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

    void warning(String table, String column, String code) {
        meters.counter(Meter.PROCESSOR_WARNINGS, table, column, code).increment();
    }

    @Override
    public void becameNull(String table, String column) {
        warning(table, column, "bad-value");
    }
}
