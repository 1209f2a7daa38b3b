package com.listingsync.embedded.world;

/**
 * What changes about a listing.
 *
 * @param price dollars, or dollars a month for a lease
 * @param previousPrice 0 when it never had another
 * @param closePrice 0 unless sold or leased
 * @param photos photos that are not deleted, counted once however many sizes they have
 * @param badField a field that is written with a value that does not fit its type; empty in the ordinary world
 */
record Standing(
        ListingStatus status,
        Presence presence,
        int price,
        int previousPrice,
        int closePrice,
        int photos,
        String badField) {

    Standing priced(int newPrice) {
        return new Standing(ListingStatus.PRICE_CHANGE, presence, newPrice, price, closePrice, photos, badField);
    }

    Standing closed(ListingStatus how, int closePrice) {
        return new Standing(how, presence, price, previousPrice, closePrice, photos, badField);
    }

    Standing as(ListingStatus newStatus) {
        return new Standing(newStatus, presence, price, previousPrice, closePrice, photos, badField);
    }

    Standing in(Presence newPresence) {
        return new Standing(status, newPresence, price, previousPrice, closePrice, photos, badField);
    }

    Standing withPhotos(int count) {
        return new Standing(status, presence, price, previousPrice, closePrice, count, badField);
    }

    Standing withBad(String field) {
        return new Standing(status, presence, price, previousPrice, closePrice, photos, field);
    }
}
