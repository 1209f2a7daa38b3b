package com.listingsync.common.event;

import java.util.Objects;
import java.util.Optional;

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
 * @param link by what the listing part of the record's key names a listing; {@link Link#LISTING_KEY} for all but sheet rows
 * @param movedTo on the delete of a sheet row that now stands under another key, because it was linked to another listing:
 *     that key. The row itself is not gone, so nothing downstream is deleted, and nothing reported as gone
 */
public record SourceEvent(
        Entity entity,
        Operation operation,
        Origin origin,
        long sourceVersion,
        String contentHash,
        Link link,
        Optional<String> movedTo) {

    public SourceEvent {
        Objects.requireNonNull(entity, "entity");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(contentHash, "contentHash");
        Objects.requireNonNull(link, "link");
        Objects.requireNonNull(movedTo, "movedTo");
        if (link != Link.LISTING_KEY && entity != Entity.SHEET) {
            throw new IllegalArgumentException(
                    "only sheet rows are linked by " + link.wireName() + "; found one of " + entity.wireName());
        }
        if (movedTo.isPresent() && (entity != Entity.SHEET || operation != Operation.DELETE)) {
            throw new IllegalArgumentException("only the delete of a sheet row says where it moved to; found an "
                    + operation.wireName() + " of " + entity.wireName());
        }
    }

    /** An event of a record that has not moved. */
    public SourceEvent(
            Entity entity, Operation operation, Origin origin, long sourceVersion, String contentHash, Link link) {
        this(entity, operation, origin, sourceVersion, contentHash, link, Optional.empty());
    }

    /** An event whose key names its listing by ListingKey. */
    public SourceEvent(Entity entity, Operation operation, Origin origin, long sourceVersion, String contentHash) {
        this(entity, operation, origin, sourceVersion, contentHash, Link.LISTING_KEY);
    }
}
