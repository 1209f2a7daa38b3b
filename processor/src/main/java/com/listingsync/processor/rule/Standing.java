package com.listingsync.processor.rule;

/**
 * How a listing stands, as its children see it.
 *
 * <pre>
 *   UNKNOWN ──> LIVE <──> DELETED
 *                ^ └────> FILTERED (and back; from UNKNOWN and DELETED too)
 * </pre>
 */
public enum Standing {
    /** No record of it made a row yet: children wait. */
    UNKNOWN,
    /** Its row is there: children go on. */
    LIVE,
    /** It was there and is in no feed any more: its children went with it, later ones wait. */
    DELETED,
    /** The mapping keeps it out, so its children stay out too. */
    FILTERED;

    /** Whether a child that comes now has to wait. */
    public boolean childrenWait() {
        return this == UNKNOWN || this == DELETED;
    }
}
