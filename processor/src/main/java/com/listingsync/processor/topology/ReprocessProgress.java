package com.listingsync.processor.topology;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.listingsync.common.command.ReprocessRequest;
import com.listingsync.common.event.Entity;
import com.listingsync.common.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * How far one partition has come with a request to map the log again; stored with the work it tells of.
 *
 * @param command what was asked for
 * @param at when, in milliseconds since 1970
 * @param next where to go on, by entity
 * @param end where to stop, by entity: where the log ended when the request came
 * @param paused whether it waits until it is resumed
 */
record ReprocessProgress(
        ReprocessRequest command, long at, Map<Entity, Long> next, Map<Entity, Long> end, boolean paused) {

    ReprocessProgress {
        next = Map.copyOf(next);
        end = Map.copyOf(end);
    }

    /** The entity to go on with, parents before children; empty when all is done. */
    Optional<Entity> open() {
        for (Entity entity : Entity.values()) {
            if (end.containsKey(entity) && from(entity) < to(entity)) {
                return Optional.of(entity);
            }
        }
        return Optional.empty();
    }

    long from(Entity entity) {
        return next.getOrDefault(entity, 0L);
    }

    long to(Entity entity) {
        return end.getOrDefault(entity, 0L);
    }

    /** Records that are left, compacted ones counted in. */
    long left() {
        return end.keySet().stream()
                .mapToLong(entity -> to(entity) - from(entity))
                .sum();
    }

    ReprocessProgress reached(Entity entity, long offset) {
        Map<Entity, Long> further = new EnumMap<>(next);
        further.put(entity, offset);
        return new ReprocessProgress(command, at, further, end, paused);
    }

    ReprocessProgress paused(boolean now) {
        return new ReprocessProgress(command, at, next, end, now);
    }

    /** UTF-8 JSON. */
    byte[] bytes() {
        try {
            return Json.MAPPER.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("progress of plain values can't be written as JSON", e);
        }
    }

    static ReprocessProgress of(byte[] stored) {
        try {
            return Json.MAPPER.readValue(stored, ReprocessProgress.class);
        } catch (IOException e) {
            throw new UncheckedIOException("stored progress of a reprocess can't be read", e);
        }
    }
}
