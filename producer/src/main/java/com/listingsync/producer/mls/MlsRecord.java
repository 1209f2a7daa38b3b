package com.listingsync.producer.mls;

import com.listingsync.common.wire.SourceKey;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a page, and those of its fields that the producer looks at.
 *
 * @param json the entry's bytes, untouched
 * @param object whether it is a JSON object at all
 * @param key the record's key; null when it has none
 * @param listing key of the listing it belongs to; null when it names none
 * @param clock the clock's text; null when it has none
 * @param at the instant the clock says; null when it says none
 * @param deleted whether the server marks it as gone
 * @param foreign whether it belongs to something other than a listing
 */
record MlsRecord(
        byte[] json,
        boolean object,
        @Nullable String key,
        @Nullable String listing,
        @Nullable String clock,
        @Nullable Instant at,
        boolean deleted,
        boolean foreign) {

    /** An entry that is a bare value or a list. */
    static MlsRecord notAnObject(byte[] json) {
        return new MlsRecord(json, false, null, null, null, null, false, false);
    }

    /** Whether it has the key and clock that a cursor needs, and the key fits into one. */
    boolean placed() {
        return key != null && at != null && SourceKey.fits(key);
    }

    /** Whether one of its keys is longer than any of ours. */
    boolean hasLongKey() {
        return key != null && !SourceKey.fits(key) || listing != null && !SourceKey.fits(listing);
    }

    /** Whether its clock is earlier; only of records that have a place. */
    boolean isBefore(MlsRecord other) {
        return Objects.requireNonNull(at, "at").isBefore(Objects.requireNonNull(other.at, "at"));
    }

    /** Its place in the feed; only of a record that has one. */
    Cursor cursor() {
        return new Cursor(
                SourceTime.literal(Objects.requireNonNull(clock, "clock")), Objects.requireNonNull(key, "key"));
    }
}
