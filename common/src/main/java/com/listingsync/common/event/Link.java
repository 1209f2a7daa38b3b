package com.listingsync.common.event;

import java.util.Optional;

/** By which of its names a sheet row names the MLS listing it belongs to; see {@link com.listingsync.common.wire.SourceKey}. */
public enum Link {
    /** By the listing's ListingKey, its key in the feed: the record is in the listing's own partition. */
    LISTING_KEY("listing-key"),
    /** By the listing's ListingId, the number people know it by: the processor looks up which listing has it. */
    LISTING_ID("listing-id");

    private final String wireName;

    Link(String wireName) {
        this.wireName = wireName;
    }

    /** The lower-case name used in headers. */
    public String wireName() {
        return wireName;
    }

    /** The link with this wire name; empty when there is none. */
    public static Optional<Link> of(String wireName) {
        for (Link link : values()) {
            if (link.wireName.equals(wireName)) {
                return Optional.of(link);
            }
        }
        return Optional.empty();
    }
}
