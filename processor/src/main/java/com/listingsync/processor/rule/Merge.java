package com.listingsync.processor.rule;

import com.listingsync.common.event.View;
import java.util.Map;

/** Which view's record supplies a listing's columns. */
public final class Merge {

    private Merge() {}

    /**
     * The view with the newest record; of equally new ones the richest: VOW, then a view of its own, then IDX.
     *
     * @param versions source version by view that has the listing; at least one
     */
    public static View winner(Map<View, Long> versions) {
        return versions.entrySet().stream()
                .max((a, b) -> {
                    int byVersion = Long.compare(a.getValue(), b.getValue());
                    return byVersion != 0 ? byVersion : Integer.compare(richness(a.getKey()), richness(b.getKey()));
                })
                .orElseThrow(() -> new IllegalArgumentException("a merge needs at least one view"))
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
