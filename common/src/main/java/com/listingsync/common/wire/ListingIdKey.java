package com.listingsync.common.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The key of a record on {@code listing-ids}: {@code ListingId/ListingKey}. The ListingId comes first because it alone chooses
 * the partition, where sheet rows that name the listing by it are.
 *
 * @param listingId the number people know the listing by
 * @param listing the listing's key
 */
public record ListingIdKey(String listingId, String listing) {

    public ListingIdKey {
        if (listingId.isEmpty() || listing.isEmpty()) {
            throw new IllegalArgumentException("the key of a ListingId needs an id and a listing; found '" + listingId
                    + "' and '" + listing + "'");
        }
    }

    /**
     * The key in these bytes.
     *
     * @throws IllegalArgumentException when they are not {@code ListingId/ListingKey}; the record is a dead letter
     */
    public static ListingIdKey of(byte[] bytes) {
        List<String> parts = KeyText.split(new String(bytes, StandardCharsets.UTF_8));
        if (parts.size() != 2) {
            throw new IllegalArgumentException(
                    "the key of a ListingId is 'ListingId/ListingKey'; found " + parts.size() + " parts");
        }
        return new ListingIdKey(parts.get(0), parts.get(1));
    }

    /** UTF-8 text of the key. */
    public byte[] bytes() {
        return toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return KeyText.join(listingId, listing);
    }
}
