package com.listingsync.embedded.mls;

import com.listingsync.embedded.world.Field;
import com.listingsync.embedded.world.Resource;
import java.util.List;
import java.util.Optional;

/**
 * What a client asks of one resource.
 *
 * @param key the one row that is asked for; empty for a collection
 * @param fields what to write of each row, in this order
 * @param selected whether the client chose the fields
 * @param order by these fields; empty for the MLS's own order, which is by time
 * @param top rows at most in all pages together
 * @param skip rows to leave out first
 * @param counted whether the client wants to know how many rows there are
 * @param countOnly whether it wants nothing else
 */
record Query(
        Resource resource,
        Optional<String> key,
        List<Field> fields,
        boolean selected,
        Term.Test filter,
        List<Ordering> order,
        int top,
        int skip,
        boolean counted,
        boolean countOnly) {

    /** A field to order by. */
    record Ordering(Field field, boolean descending) {}
}
