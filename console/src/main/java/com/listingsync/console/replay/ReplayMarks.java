package com.listingsync.console.replay;

/** Headers that a replay puts on its dead letters beside the usual ones. */
public final class ReplayMarks {

    /** The replay in which a row was refused. */
    public static final String REPLAY = "__listings.errors.replay";

    /** The other Supabase project that refused it: mended there, it needs no replay here. */
    public static final String TARGET = "__listings.errors.target";

    private ReplayMarks() {}
}
