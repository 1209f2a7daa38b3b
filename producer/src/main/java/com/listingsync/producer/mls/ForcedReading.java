package com.listingsync.producer.mls;

import org.jspecify.annotations.Nullable;

/**
 * How far a reading of everything has come, beside the feed's own cursor, which stays where it is meanwhile.
 *
 * @param run the run that asked for it
 * @param timestamp clock of the last record read
 * @param key key of the last record read
 * @param link the nextLink to go on with, for feeds that are paged by link alone
 * @param high the highest clock seen by a reading by link
 * @param moment what is known of the moment of the last record; null when nothing is
 */
record ForcedReading(
        String run,
        String timestamp,
        String key,
        @Nullable String link,
        @Nullable String high,
        @Nullable LastMoment moment) {

    static ForcedReading at(String run, ReadState state) {
        return new ForcedReading(
                run, state.at().timestamp(), state.at().key(), state.link(), state.high(), state.moment());
    }

    Cursor cursor() {
        return new Cursor(timestamp, key);
    }

    LastMoment lastMoment() {
        return moment == null ? LastMoment.NONE : moment;
    }

    ReadState state() {
        return new ReadState(cursor(), link, high, lastMoment());
    }
}
