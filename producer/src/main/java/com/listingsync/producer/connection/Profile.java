package com.listingsync.producer.connection;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Whose rules an MLS server follows: its defaults for paging, counting and limits (facts.md §1 has the sources). */
public enum Profile {
    /** Plain RESO Web API. */
    RESO("reso", Paging.COMPOUND_CURSOR, true, 1_000, Duration.ofMinutes(10), none(), none(), none(), none()),
    /** AMPRE and PropTx (TRREB): the compound cursor in its own parentheses is mandated; 60,000 requests a minute. */
    AMPRE("ampre", Paging.COMPOUND_CURSOR, true, 1_000, Duration.ofMinutes(10), none(), of(60_000), none(), none()),
    /** MLS Grid: nextLink, no {@code $orderby}; 2 requests a second, 7,200 an hour, 40,000 a day. */
    MLSGRID("mlsgrid", Paging.NEXT_LINK, false, 1_000, Duration.ofMinutes(10), of(2), none(), of(7_200), of(40_000)),
    /** Trestle: pages of up to 1,000; 180 requests a minute, 7,200 an hour. */
    TRESTLE("trestle", Paging.COMPOUND_CURSOR, true, 1_000, Duration.ofMinutes(10), none(), of(180), of(7_200), none()),
    /** Bridge: at most 200 a page outside its replication endpoint. */
    BRIDGE("bridge", Paging.COMPOUND_CURSOR, true, 200, Duration.ofMinutes(10), none(), none(), none(), none()),
    /** Spark: asks for a poll that overlaps the last one by 20 minutes. */
    SPARK("spark", Paging.COMPOUND_CURSOR, true, 1_000, Duration.ofMinutes(20), none(), none(), none(), none());

    private final String wireName;
    private final Paging paging;
    private final boolean counts;
    private final int pageSize;
    private final Duration overlap;
    private final OptionalInt perSecond;
    private final OptionalInt perMinute;
    private final OptionalInt perHour;
    private final OptionalInt perDay;

    Profile(
            String wireName,
            Paging paging,
            boolean counts,
            int pageSize,
            Duration overlap,
            OptionalInt perSecond,
            OptionalInt perMinute,
            OptionalInt perHour,
            OptionalInt perDay) {
        this.wireName = wireName;
        this.paging = paging;
        this.counts = counts;
        this.pageSize = pageSize;
        this.overlap = overlap;
        this.perSecond = perSecond;
        this.perMinute = perMinute;
        this.perHour = perHour;
        this.perDay = perDay;
    }

    /** How feeds are paged unless they say otherwise. */
    public Paging paging() {
        return paging;
    }

    /** Whether {@code $count=true} is answered. */
    public boolean counts() {
        return counts;
    }

    /** Records asked for a page unless the feed says otherwise. */
    public int pageSize() {
        return pageSize;
    }

    /** How far back each pass reads again unless the feed says otherwise. */
    public Duration overlap() {
        return overlap;
    }

    OptionalInt perSecond() {
        return perSecond;
    }

    OptionalInt perMinute() {
        return perMinute;
    }

    OptionalInt perHour() {
        return perHour;
    }

    OptionalInt perDay() {
        return perDay;
    }

    static Map<String, Profile> byName() {
        Map<String, Profile> names = new TreeMap<>();
        for (Profile profile : values()) {
            names.put(profile.wireName, profile);
        }
        return names;
    }

    private static OptionalInt none() {
        return OptionalInt.empty();
    }

    private static OptionalInt of(int limit) {
        return OptionalInt.of(limit);
    }
}
