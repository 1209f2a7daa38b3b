package com.listingsync.producer.mls;

import org.jspecify.annotations.Nullable;

/**
 * What a page says apart from its records.
 *
 * @param records how many entries it has
 * @param count how many records there are in all; null when it doesn't say
 * @param nextLink where the next page is; null when it doesn't say
 * @param last the last record that has key and clock; null when there is none
 * @param highest the record with the latest clock; null when there is none
 */
record PageInfo(
        int records,
        @Nullable Long count,
        @Nullable String nextLink,
        @Nullable Cursor last,
        @Nullable Cursor highest) {

    /** The same page, but for a count that is not the feed's. */
    PageInfo withoutCount() {
        return new PageInfo(records, null, nextLink, last, highest);
    }
}
