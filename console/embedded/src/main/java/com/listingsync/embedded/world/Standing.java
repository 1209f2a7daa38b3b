package com.listingsync.embedded.world;

/**
 * What changes about a listing.
 *
 * @param price dollars, or dollars a month for a lease
 * @param previousPrice 0 when it never had another
 * @param closePrice 0 unless sold or leased
 * @param photos photos that are not deleted, counted once however many sizes they have
 * @param priceInWords the price is written as words, which do not fit its type; never in the ordinary world
 */
record Standing(
        ListingStatus status,
        Presence presence,
        int price,
        int previousPrice,
        int closePrice,
        int photos,
        boolean priceInWords) {

    Standing priced(int newPrice) {
        return new Standing(ListingStatus.PRICE_CHANGE, presence, newPrice, price, closePrice, photos, priceInWords);
    }

    Standing closed(ListingStatus how, int closePrice) {
        return new Standing(how, presence, price, previousPrice, closePrice, photos, priceInWords);
    }

    Standing as(ListingStatus newStatus) {
        return new Standing(newStatus, presence, price, previousPrice, closePrice, photos, priceInWords);
    }

    Standing in(Presence newPresence) {
        return new Standing(status, newPresence, price, previousPrice, closePrice, photos, priceInWords);
    }

    Standing withPhotos(int count) {
        return new Standing(status, presence, price, previousPrice, closePrice, count, priceInWords);
    }

    Standing withPriceInWords() {
        return new Standing(status, presence, price, previousPrice, closePrice, photos, true);
    }
}
