package com.listingsync.producer.mls;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far a reading is after a page.
 *
 * @param at place of the last record read; for a reading by link alone, where it began
 * @param link the next page; null when there is none or the cursor leads to it
 * @param high the highest clock of a reading by link alone; null otherwise
 * @param moment what is known of the moment it is at
 */
record ReadState(Cursor at, @Nullable String link, @Nullable String high, LastMoment moment) {

    ReadState {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(moment, "moment");
    }

    /** A place of which nothing more is known. */
    ReadState(Cursor at, @Nullable String link, @Nullable String high) {
        this(at, link, high, LastMoment.NONE);
    }
}
