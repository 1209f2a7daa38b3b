package com.listingsync.common.event;

import java.util.Optional;

/** A kind of source record. Each has a topic of its own; see {@code Topics}. */
public enum Entity {
    /** An MLS listing; the parent of media, rooms and open houses. */
    PROPERTY("property", false),
    /** A photo or document of a listing. */
    MEDIA("media", true),
    /** A room of a listing. */
    ROOMS("rooms", true),
    /** An open house of a listing. */
    OPENHOUSE("openhouse", true),
    /** A row of a Google Sheet; has no parent, may be linked to an MLS listing. */
    SHEET("sheet", false);

    private final String wireName;
    private final boolean child;

    Entity(String wireName, boolean child) {
        this.wireName = wireName;
        this.child = child;
    }

    /** The lower-case name used in topic names, headers, settings and mappings. */
    public String wireName() {
        return wireName;
    }

    /** Whether a record of this kind may only be written once its listing is known. */
    public boolean child() {
        return child;
    }

    /** The entity with this wire name; empty when there is none. */
    public static Optional<Entity> of(String wireName) {
        for (Entity entity : values()) {
            if (entity.wireName.equals(wireName)) {
                return Optional.of(entity);
            }
        }
        return Optional.empty();
    }
}
