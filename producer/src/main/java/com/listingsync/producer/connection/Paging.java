package com.listingsync.producer.connection;

import java.util.Map;
import java.util.TreeMap;

/** How the pages of a feed are asked for. */
public enum Paging {
    /**
     * By (clock, key) of the last record, sorted by both; a nextLink is followed where the server gives one. Survives
     * timestamp ties and a restart at any page.
     */
    COMPOUND_CURSOR("compound-cursor"),
    /**
     * As {@link #COMPOUND_CURSOR}, and the last printed unit of every page is drained by key. For servers whose clock is
     * finer than they print and that do not show it.
     */
    DRAINING_CURSOR("draining-cursor"),
    /**
     * By nextLink alone, without {@code $orderby}; the clock moves on when the last page is read. For servers that refuse
     * to sort.
     */
    NEXT_LINK("next-link");

    private final String wireName;

    Paging(String wireName) {
        this.wireName = wireName;
    }

    static Map<String, Paging> byName() {
        Map<String, Paging> names = new TreeMap<>();
        for (Paging paging : values()) {
            names.put(paging.wireName, paging);
        }
        return names;
    }
}
