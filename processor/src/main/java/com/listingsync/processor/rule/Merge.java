package com.listingsync.processor.rule;

import com.listingsync.common.event.View;
import java.util.Comparator;
import java.util.Map;

/** Which connection's record supplies a listing's columns. */
public final class Merge {

    private Merge() {}

    /**
     * What a connection has to offer.
     *
     * @param version its record's source version
     * @param view the view it reads under
     */
    public record Offer(long version, View view) {}

    /**
     * The connection with the newest record; of equally new ones the one with the richest view: VOW, then a view of its own,
     * then IDX; of equally rich ones the last by name.
     *
     * @param offers by connection that has the listing; at least one
     */
    public static String winner(Map<String, Offer> offers) {
        return offers.entrySet().stream()
                .max(Comparator.<Map.Entry<String, Offer>>comparingLong(
                                offer -> offer.getValue().version())
                        .thenComparingInt(offer -> richness(offer.getValue().view()))
                        .thenComparing(Map.Entry::getKey))
                .orElseThrow(() -> new IllegalArgumentException("a merge needs at least one connection"))
                .getKey();
    }

    private static int richness(View view) {
        return switch (view) {
            case IDX -> 0;
            case NONE -> 1;
            case VOW -> 2;
        };
    }
}
