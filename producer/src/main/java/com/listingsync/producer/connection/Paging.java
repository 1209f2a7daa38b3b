package com.listingsync.producer.connection;

import java.util.Map;

/** How the pages of a feed are asked for. */
public enum Paging {
    /**
     * By (clock, key) of the last record, sorted by both; a nextLink is followed where the server gives one. Survives
     * timestamp ties and a restart at any page.
     */
    COMPOUND_CURSOR("compound-cursor"),
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
        return Map.of(COMPOUND_CURSOR.wireName, COMPOUND_CURSOR, NEXT_LINK.wireName, NEXT_LINK);
    }
}
