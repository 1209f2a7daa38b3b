package com.listingsync.processor.map;

/** What a mapping's conditions say of a record. */
public enum Admission {
    /** It becomes a row. */
    KEPT,
    /** It becomes none; a row it had is deleted. */
    FILTERED,
    /** It says of itself that it is deleted; treated as its source's delete. */
    DELETED
}
