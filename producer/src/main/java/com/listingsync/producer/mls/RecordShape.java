package com.listingsync.producer.mls;

import com.listingsync.common.event.Entity;
import com.listingsync.producer.connection.MlsFeed;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which fields of a feed's records the producer looks at, and what they mean. Values come and go in an array by {@link
 * #slot}. Immutable and pure.
 */
final class RecordShape {

    /** How many fields are looked at. */
    static final int SLOTS = 6;

    private static final int KEY = 0;
    private static final int LISTING = 1;
    private static final int CLOCK = 2;
    private static final int RESOURCE_NAME = 3;
    private static final int STATUS = 4;
    private static final int CAN_VIEW = 5;

    private final Map<String, Integer> slots = new HashMap<>();
    private final boolean keyIsListing;
    private final String deletedStatus;

    RecordShape(MlsFeed feed) {
        Entity entity = feed.entity();
        slots.put(feed.keyField(), KEY);
        slots.put(feed.clockField(), CLOCK);
        this.keyIsListing = entity == Entity.PROPERTY;
        if (!keyIsListing) {
            slots.put(feed.listingField(), LISTING);
        }
        if (entity == Entity.MEDIA) {
            slots.put("ResourceName", RESOURCE_NAME);
        }
        // Soft deletes (facts.md §1): AMPRE's MediaStatus and RoomStatus, RESO's StandardStatus, MLS Grid's MlgCanView.
        switch (entity) {
            case MEDIA -> slots.put("MediaStatus", STATUS);
            case ROOMS -> slots.put("RoomStatus", STATUS);
            case PROPERTY -> slots.put("StandardStatus", STATUS);
            default -> {}
        }
        this.deletedStatus = entity == Entity.PROPERTY ? "delete" : "deleted";
        slots.put("MlgCanView", CAN_VIEW);
    }

    /** Where the value of a field goes; -1 for a field that nobody looks at. */
    int slot(String field) {
        return slots.getOrDefault(field, -1);
    }

    /** The record with these bytes and values; a value is null when its field is absent, null or not a single value. */
    MlsRecord record(byte[] json, @Nullable String[] values) {
        String status = values[STATUS];
        String resource = values[RESOURCE_NAME];
        String clock = text(values[CLOCK]);
        boolean deleted = (status != null && status.toLowerCase(Locale.ROOT).equals(deletedStatus))
                || "false".equals(values[CAN_VIEW]);
        return new MlsRecord(
                json,
                true,
                text(values[KEY]),
                text(keyIsListing ? values[KEY] : values[LISTING]),
                clock,
                clock == null ? null : SourceTime.parse(clock).orElse(null),
                deleted,
                resource != null && !resource.equals("Property"));
    }

    private static @Nullable String text(@Nullable String value) {
        return value == null || value.isBlank() ? null : value;
    }
}
