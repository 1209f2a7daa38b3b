package com.listingsync.console.deadletter;

import java.util.Optional;

/**
 * What a person says of a record that the producer could not place.
 *
 * @param recordKey {@code listing}, or {@code listing/child}; empty to take it from the edited record
 * @param version the source's clock for the record: microseconds since 1970 for an MLS record, a file version for a sheet row;
 *     empty to take it from the edited record
 */
public record Placement(Optional<String> recordKey, Optional<Long> version) {

    /** Nothing is said. */
    public static final Placement NONE = new Placement(Optional.empty(), Optional.empty());

    boolean isGiven() {
        return recordKey.isPresent() || version.isPresent();
    }
}
