package com.listingsync.embedded.world;

import java.util.Optional;

/** A resource of the RESO Data Dictionary that the sample MLS serves. */
public enum Resource {
    PROPERTY("Property", "ListingKey", "ModificationTimestamp"),
    /** Has a clock of its own: photos change without their listing being modified. */
    MEDIA("Media", "MediaKey", "MediaModificationTimestamp"),
    ROOMS("PropertyRooms", "RoomKey", "ModificationTimestamp"),
    OPEN_HOUSES("OpenHouse", "OpenHouseKey", "ModificationTimestamp"),
    /** The log of what happened to the others since the world began (RESO RCP-27); its clock is the number of the event. */
    EVENTS("EntityEvent", "EntityEventSequence", "EntityEventSequence");

    private final String wireName;
    private final String keyField;
    private final String clockField;

    Resource(String wireName, String keyField, String clockField) {
        this.wireName = wireName;
        this.keyField = keyField;
        this.clockField = clockField;
    }

    /** The name in addresses and in the Data Dictionary. */
    public String wireName() {
        return wireName;
    }

    /** The field that identifies a row. */
    public String keyField() {
        return keyField;
    }

    /** The timestamp field that moves with every change of a row. */
    public String clockField() {
        return clockField;
    }

    public static Optional<Resource> named(String wireName) {
        for (Resource resource : values()) {
            if (resource.wireName.equals(wireName)) {
                return Optional.of(resource);
            }
        }
        return Optional.empty();
    }
}
