package com.listingsync.common.event;

import java.util.Objects;

/**
 * What the headers of a source record say: all that routing and the duplicate check need, so that a payload is parsed
 * only when it is mapped.
 *
 * @param entity kind of record
 * @param operation what happened to it
 * @param origin where it was fetched, by which run
 * @param sourceVersion the source's own clock for this record, growing with every change: microseconds since 1970 for an
 *     MLS record, the Drive file version for a sheet row. A delete that was found by its absence repeats the last version
 *     seen
 * @param contentHash 16 hex digits over the payload's bytes; empty for a delete
 */
public record SourceEvent(Entity entity, Operation operation, Origin origin, long sourceVersion, String contentHash) {

    public SourceEvent {
        Objects.requireNonNull(entity, "entity");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(contentHash, "contentHash");
    }
}
