package com.listingsync.embedded.world;

/**
 * When things happened to a listing, in microseconds since 1970.
 *
 * @param photosChanged moves when photos change; {@code modified} does not (facts.md §1)
 */
record Stamps(long entered, long modified, long statusChanged, long priceChanged, long photosChanged) {
    Stamps status(long at) {
        return new Stamps(entered, at, at, priceChanged, photosChanged);
    }

    Stamps price(long at) {
        return new Stamps(entered, at, at, at, photosChanged);
    }

    Stamps photos(long at) {
        return new Stamps(entered, modified, statusChanged, priceChanged, at);
    }

    static Stamps fresh(long at) {
        return new Stamps(at, at, at, at, at);
    }
}
