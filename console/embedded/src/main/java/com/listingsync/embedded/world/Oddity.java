package com.listingsync.embedded.world;

/** Something odd in how a real MLS writes a row down, which a reader has to take as it comes (facts.md §1). */
enum Oddity {
    NONE,
    /** Whole numbers arrive as {@code 3.0}. */
    DECIMAL_INTEGERS,
    /** ListingId is null. */
    NO_LISTING_ID,
    /** Lookups that are arrays elsewhere arrive as one string. */
    STRING_FOR_ARRAY;

    /** About one row in fifty is odd. */
    static Oddity roll(Dice dice) {
        int roll = dice.below(1000);
        if (roll < 10) {
            return DECIMAL_INTEGERS;
        }
        if (roll < 15) {
            return NO_LISTING_ID;
        }
        return roll < 22 ? STRING_FOR_ARRAY : NONE;
    }
}
