package com.listingsync.sink.deliver;

/** What to do with rows whose parent is not there. */
public enum Orphans {
    /** Tell them apart: they are tried again when everything else has been written. */
    TELL_APART,
    /** Refuse them like any other bad row. */
    REFUSE
}
