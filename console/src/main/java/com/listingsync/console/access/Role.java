package com.listingsync.console.access;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What the holder of a key may do. */
public enum Role {
    /** See everything, change nothing. */
    @JsonProperty("viewer")
    VIEWER,
    /** Everything. */
    @JsonProperty("operator")
    OPERATOR;

    /** The lower-case name. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether this role is enough where {@code needed} is asked for. */
    public boolean covers(Role needed) {
        return compareTo(needed) >= 0;
    }
}
