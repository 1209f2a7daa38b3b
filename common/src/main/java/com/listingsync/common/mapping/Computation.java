package com.listingsync.common.mapping;

import java.util.Locale;
import java.util.Optional;

/** A column value that the processor decides rather than copies. */
public enum Computation {
    /** The listing this record belongs to. */
    LISTING,
    /** The normalised status the processor decided on; the MLS is the source of truth. */
    STATUS,
    /** The status the record itself claims, where it differs from {@link #STATUS} or has nobody to overrule it. */
    OWN_STATUS,
    /** Who decided the status: {@code mls} or {@code sheet}. */
    STATUS_SOURCE,
    /** Whether the IDX feed has the listing. */
    IN_IDX,
    /** Whether the VOW feed has the listing. */
    IN_VOW,
    /** The row's version, which only grows. */
    ROW_VERSION,
    /** When the record was deleted; null while it is there. */
    DELETED_AT,
    /** The run that fetched the record; null for records that no run fetched. */
    RUN,
    /** The connection that supplied the columns. */
    CONNECTION,
    /** The whole source record. */
    RECORD;

    /** The lower-case name used in mapping files. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The computation with this wire name; empty when there is none. */
    public static Optional<Computation> of(String wireName) {
        for (Computation computation : values()) {
            if (computation.wireName().equals(wireName)) {
                return Optional.of(computation);
            }
        }
        return Optional.empty();
    }
}
