package com.listingsync.embedded.world;

/** Which feeds a listing is in. */
enum Presence {
    /** In none yet, though its photos and rooms may be. */
    UPCOMING,
    BOTH_FEEDS,
    VOW_ONLY,
    /** It left both feeds without a word. */
    GONE;

    boolean shownIn(Feed feed) {
        return this == BOTH_FEEDS || (this == VOW_ONLY && feed == Feed.VOW);
    }
}
