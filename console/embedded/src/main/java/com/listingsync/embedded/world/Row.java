package com.listingsync.embedded.world;

/** One immutable record of a resource as the MLS holds it; {@link Field}s read its values. */
public sealed interface Row permits Listing, Photo, Room, OpenHouse, Happening {
    Resource resource();

    /** The value of the resource's key field as text, sorted as the values are; never empty. */
    String key();

    /** The value of the resource's clock field as stored, in microseconds since 1970. */
    long modifiedMicros();

    /** The key of the listing, member or office that this row belongs to; for a listing its own key. */
    String ownerKey();
}
