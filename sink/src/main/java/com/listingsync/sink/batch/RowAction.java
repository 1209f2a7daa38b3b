package com.listingsync.sink.batch;

/** What is to happen to a row in its table. */
public enum RowAction {
    /** It is written with all its columns. */
    UPSERT,
    /** It is marked deleted; its other columns keep their values. */
    MARK_DELETED,
    /** It is removed, as though it had never been. */
    PURGE
}
