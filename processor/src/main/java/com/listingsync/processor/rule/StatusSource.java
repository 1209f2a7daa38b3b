package com.listingsync.processor.rule;

import java.util.Locale;

/** Who decided a listing's status. */
public enum StatusSource {
    /** The MLS: the source of truth wherever it knows the listing. */
    MLS,
    /** The sheet, for a listing that no MLS knows. */
    SHEET;

    /** The lower-case name used in events and tables. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
