package com.listingsync.sink.cutover;

import java.util.Locale;

/** What the sink does with what it has decided. */
public enum SyncMode {
    /** It writes rows, takes posts down and tells people. */
    LIVE,
    /** It does everything but that: nothing is written to Supabase, no post is touched, nobody is told. */
    SHADOW,
    /** It writes rows into a schema of their own, to be compared; no post is touched, nobody is told. */
    SHADOW_SCHEMA;

    /** Whether rows reach a table. */
    public boolean writes() {
        return this != SHADOW;
    }

    /** Whether posts are taken down and people are told. */
    public boolean acts() {
        return this == LIVE;
    }

    /** As the setting has it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
