package com.listingsync.processor;

import static com.listingsync.processor.topology.TestSource.media;
import static com.listingsync.processor.topology.TestSource.property;

import com.listingsync.processor.topology.TestSource;

/** Listings and their photos, as large as real ones (design.md §9). */
final class Photos {

    private static final int PAYLOAD_BYTES = 772;

    private Photos() {}

    static TestSource listing(int number) {
        return property("L" + number, 1, "\"StandardStatus\":\"Active\"");
    }

    /** A photo of one of {@code listings} listings. */
    static TestSource photo(int number, int listings) {
        String listing = "L" + number % listings;
        String fields = "\"MediaURL\":\"https://photos.example/" + number + ".jpg\",\"Order\":" + number % 40
                + ",\"ImageSizeDescription\":\"Largest\",\"MediaModificationTimestamp\":\"2026-11-20T10:00:00Z\"";
        TestSource photo = media(listing, "M" + number, 1, fields);
        int missing = PAYLOAD_BYTES - String.valueOf(photo.json()).length() - ",\"Caption\":\"\"".length();
        return media(listing, "M" + number, 1, fields + ",\"Caption\":\"" + "x".repeat(Math.max(0, missing)) + "\"");
    }
}
