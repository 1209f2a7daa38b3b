package com.listingsync.common.event;

import java.util.Optional;

/**
 * Which licence a connection reads under. IDX and VOW are the same MLS endpoint with two tokens that see different rows
 * and fields (facts.md §1); everything else has no view.
 */
public enum View {
    /** Internet Data Exchange: what may be advertised to anybody. */
    IDX("idx"),
    /** Virtual Office Website: adds sold, terminated and historical data for registered clients. */
    VOW("vow"),
    /** Not an MLS view, such as a spreadsheet, or an MLS with a single token. */
    NONE("none");

    private final String wireName;

    View(String wireName) {
        this.wireName = wireName;
    }

    /** The lower-case name used in headers and connection files. */
    public String wireName() {
        return wireName;
    }

    /** The view with this wire name; empty when there is none. */
    public static Optional<View> of(String wireName) {
        for (View view : values()) {
            if (view.wireName.equals(wireName)) {
                return Optional.of(view);
            }
        }
        return Optional.empty();
    }
}
