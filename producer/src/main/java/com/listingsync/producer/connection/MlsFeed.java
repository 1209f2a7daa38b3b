package com.listingsync.producer.connection;

import com.listingsync.common.event.Entity;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * One resource of an MLS account, and how it is read.
 *
 * @param entity what its records are
 * @param resource name of the OData resource
 * @param keyField field that identifies a record
 * @param clockField timestamp field that grows with every change; pages are asked for by it
 * @param paging how pages are asked for
 * @param pageSize records asked for a page, at least 1; a server may send fewer
 * @param polling how often it is read on schedule
 * @param overlap how far back each pass reads again, for rows that are committed late with an older clock; may be zero
 * @param filter an OData condition of the user's own; empty for none
 * @param sweeping how it finds out what is gone
 */
public record MlsFeed(
        Entity entity,
        String resource,
        String keyField,
        String clockField,
        Paging paging,
        int pageSize,
        Polling polling,
        Duration overlap,
        Optional<String> filter,
        Sweeping sweeping) {

    public MlsFeed {
        Objects.requireNonNull(entity, "entity");
        Objects.requireNonNull(paging, "paging");
        Objects.requireNonNull(polling, "polling");
        Objects.requireNonNull(filter, "filter");
        Objects.requireNonNull(sweeping, "sweeping");
        if (pageSize < 1 || overlap.isNegative()) {
            throw new IllegalArgumentException(
                    "feed " + entity.wireName() + " needs a page size above zero and an overlap of zero or more");
        }
    }

    /** Its name within the connection. */
    public String name() {
        return entity.wireName();
    }

    /** The same feed, of which only what meets a further condition is read. */
    public MlsFeed narrowed(String condition) {
        String both = filter.map(own -> "(" + own + ") and (" + condition + ")").orElse(condition);
        return new MlsFeed(
                entity,
                resource,
                keyField,
                clockField,
                paging,
                pageSize,
                polling,
                overlap,
                Optional.of(both),
                sweeping);
    }

    /** The field that names the listing a record belongs to; for a property its own key. */
    public String listingField() {
        return switch (entity) {
            case MEDIA -> "ResourceRecordKey";
            case PROPERTY -> keyField;
            default -> "ListingKey";
        };
    }

    static String defaultResource(Entity entity) {
        return switch (entity) {
            case MEDIA -> "Media";
            case ROOMS -> "PropertyRooms";
            case OPENHOUSE -> "OpenHouse";
            default -> "Property";
        };
    }

    static String defaultKey(Entity entity) {
        return switch (entity) {
            case MEDIA -> "MediaKey";
            case ROOMS -> "RoomKey";
            case OPENHOUSE -> "OpenHouseKey";
            default -> "ListingKey";
        };
    }

    static String defaultClock(Entity entity) {
        // Property.ModificationTimestamp does not move when only photos change (facts.md §1).
        return entity == Entity.MEDIA ? "MediaModificationTimestamp" : "ModificationTimestamp";
    }
}
