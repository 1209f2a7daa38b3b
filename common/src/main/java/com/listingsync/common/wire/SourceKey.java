package com.listingsync.common.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The key of a record on a {@code source.*} topic: {@code listing} for a property, {@code listing/child} for everything
 * that belongs to one. A sheet row is {@code listing/property_number}, where listing is the MLS listing it is linked to,
 * or its own property number when it is linked to none; so it meets its listing in one partition. A row that is linked by
 * ListingId ({@link com.listingsync.common.event.Link}) has that in the listing's place.
 *
 * @param listing key of the listing; the only part that chooses the partition
 * @param child key within the listing; empty for the listing itself
 */
public record SourceKey(String listing, Optional<String> child) {

    public SourceKey {
        Objects.requireNonNull(child, "child");
        if (listing.isEmpty()) {
            throw new IllegalArgumentException("a source key needs a listing; found an empty one");
        }
    }

    /** The key of a listing itself. */
    public static SourceKey ofListing(String listing) {
        return new SourceKey(listing, Optional.empty());
    }

    /** The key of something that belongs to a listing. */
    public static SourceKey ofChild(String listing, String child) {
        return new SourceKey(listing, Optional.of(child));
    }

    /**
     * The key in these bytes.
     *
     * @throws IllegalArgumentException when they are not {@code listing} or {@code listing/child}; the record is a dead
     *     letter
     */
    public static SourceKey of(byte[] bytes) {
        return of(new String(bytes, StandardCharsets.UTF_8));
    }

    /** As {@link #of(byte[])}. */
    public static SourceKey of(String text) {
        List<String> parts = KeyText.split(text);
        if (parts.size() > 2) {
            throw new IllegalArgumentException(
                    "a source key is 'listing' or 'listing/child'; found " + parts.size() + " parts");
        }
        return new SourceKey(parts.get(0), parts.size() == 2 ? Optional.of(parts.get(1)) : Optional.empty());
    }

    /** UTF-8 text of the key. */
    public byte[] bytes() {
        return toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return child.map(c -> KeyText.join(listing, c)).orElseGet(() -> KeyText.join(listing));
    }
}
