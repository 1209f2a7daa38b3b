package com.listingsync.producer.connection;

import com.listingsync.common.event.Link;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the columns of a tab mean, told by their headers. Headers are compared by letters and digits alone, in any case.
 *
 * @param key headers under which the property number may stand, best first; at least one
 * @param link headers under which the MLS listing that a row belongs to may stand, best first; a tab needs none of them
 * @param linkBy by what that column names a listing
 * @param dates headers of columns that hold days, or days with a time
 * @param times headers of columns that hold moments: a day alone is its midnight
 * @param ignored headers of columns that are not read at all
 * @param aliases by field: other headers that its column may have, best first
 */
public record SheetColumns(
        List<String> key,
        List<String> link,
        Link linkBy,
        List<String> dates,
        List<String> times,
        List<String> ignored,
        Map<String, List<String>> aliases) {

    public SheetColumns {
        key = List.copyOf(key);
        link = List.copyOf(link);
        Objects.requireNonNull(linkBy, "linkBy");
        dates = List.copyOf(dates);
        times = List.copyOf(times);
        ignored = List.copyOf(ignored);
        // In the order written: the text of these settings is compared from start to start.
        aliases = Collections.unmodifiableMap(new LinkedHashMap<>(aliases));
        if (key.isEmpty()) {
            throw new IllegalArgumentException("a tab needs a header for its property numbers");
        }
    }

    /** Columns of which only the property number and the link mean something in particular. */
    public static SheetColumns of(List<String> key, List<String> link) {
        return new SheetColumns(key, link, Link.LISTING_KEY, List.of(), List.of(), List.of(), Map.of());
    }
}
