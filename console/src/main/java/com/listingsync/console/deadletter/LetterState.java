package com.listingsync.console.deadletter;

import java.util.Locale;
import java.util.Optional;

/** How a dead letter stands. */
public enum LetterState {
    /** Nobody has done anything about it. */
    OPEN,
    /** It has been replayed as often as the limit allows and was refused each time; only an explicit replay takes it up. */
    PARKED,
    /** Its record was sent again and is under way, or was refused again and is another letter now. */
    REPLAYED,
    /** Its replayed record has arrived, or was found to need no row. */
    RESOLVED,
    /** Something newer is known of its record: replaying it would do nothing. */
    SUPERSEDED,
    /** Somebody does not want it any more. */
    DISCARDED;

    /** The lower-case name used in options, tables and JSON. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state of this name; empty when there is none. */
    public static Optional<LetterState> of(String wireName) {
        for (LetterState state : values()) {
            if (state.wireName().equals(wireName)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }
}
