package com.listingsync.processor.topology;

import com.listingsync.common.event.Entity;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.processor.map.MapOutcome;
import com.listingsync.processor.map.RecordFields;
import com.listingsync.processor.map.RecordMapper;
import com.listingsync.processor.map.RowContext;
import com.listingsync.processor.map.UnreadableRecordException;
import com.listingsync.processor.rule.Fingerprint;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the flows of one partition share: its stores, its way out, the compiled mapping. Confined to the task's thread.
 *
 * @param stores its state
 * @param outlet its way out
 * @param meters where warnings are counted
 * @param mapping the mapping
 * @param mappingFingerprint the mapping's fingerprint as a number
 * @param mappers a mapper per entity
 */
record Task(
        ListingStores stores,
        Outlet outlet,
        ProcessorMeters meters,
        Mapping mapping,
        long mappingFingerprint,
        Map<Entity, RecordMapper> mappers) {

    static Task of(ListingStores stores, Outlet outlet, ProcessorMeters meters, Mapping mapping) {
        Map<Entity, RecordMapper> mappers = new EnumMap<>(Entity.class);
        for (Entity entity : Entity.values()) {
            mappers.put(entity, new RecordMapper(mapping, entity, meters));
        }
        return new Task(stores, outlet, meters, mapping, Fingerprint.of(mapping.fingerprint()), mappers);
    }

    RecordMapper mapper(Entity entity) {
        RecordMapper mapper = mappers.get(entity);
        if (mapper == null) {
            throw new IllegalStateException("there is a mapper for every entity, but none for " + entity);
        }
        return mapper;
    }

    /** The rows of a record that is kept, or why it makes none; all of them fit their topic. */
    MapOutcome rows(Entity entity, RowContext context, RecordFields fields, @Nullable RecordFields vow) {
        return mapper(entity)
                .rows(context, fields, vow)
                .fold(
                        rows -> rows.rows().stream().allMatch(row -> LargestRecord.fits(row.json()))
                                ? rows
                                : new MapOutcome.Refused(Outlet.TOO_LARGE, "", "the record's row is too large"),
                        refused -> refused);
    }

    /** Name of the table that an entity's principal rows are for; the entity's own name when there is none. */
    String table(Entity entity) {
        return mapping.of(entity).stream()
                .findFirst()
                .map(table -> table.layout().name())
                .orElse(entity.wireName());
    }

    /** A record's status is in no list of the vocabulary and is kept as it is. */
    void unknownStatus(Entity entity) {
        meters.warning(table(entity), "status", "unknown-status");
    }

    /** The fields of content that was readable when it was kept. */
    RecordFields readKept(Entity entity, KeptRecord kept) {
        try {
            return mapper(entity).read(kept.payload());
        } catch (UnreadableRecordException e) {
            // Only readable content is kept, so the store itself is damaged; the stream thread reports it.
            throw new IllegalStateException("kept content of a " + entity.wireName() + " record can't be read", e);
        }
    }
}
