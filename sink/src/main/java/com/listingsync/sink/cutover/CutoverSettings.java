package com.listingsync.sink.cutover;

import com.listingsync.common.run.Tally;
import com.listingsync.common.setting.Env;
import com.listingsync.common.setting.SettingsException;

/**
 * How far this sync has taken over from an older one.
 *
 * @param mode what happens to rows
 * @param percent the share of the listings whose rows are this sync's; 0 to 100
 */
public record CutoverSettings(
        @Env(
                name = "SYNC_MODE",
                fallback = "live",
                doc =
                        "live; shadow for everything but the write: no row, no post taken down, nobody told; or shadow-schema to"
                                + " write rows into the schema SUPABASE_SCHEMA only (docs/cutover.md).")
        SyncMode mode,

        @Env(
                name = "SYNC_CUTOVER_PERCENT",
                fallback = "100",
                doc =
                        "Share of the listings that the sink writes, 0 to 100, chosen by a hash of their keys; the others are left to"
                                + " an older sync (docs/cutover.md).")
        int percent) {

    /** The name under which a row is counted that would have been written. */
    public static final String SHADOW = Tally.skipped("shadow");

    /** The name under which a row of a listing outside the share is counted. */
    public static final String OUTSIDE = Tally.skipped("cutover");

    public CutoverSettings {
        if (percent < 0 || percent > Share.BUCKETS) {
            throw new IllegalArgumentException("SYNC_CUTOVER_PERCENT: expected 0 to 100; found " + percent);
        }
    }

    /** The listings whose rows are this sync's. */
    public Share share() {
        return percent == Share.BUCKETS ? Share.ALL : new Share(percent);
    }

    /** Whether every listing is written, every post taken down and everybody told: no older sync is left with anything. */
    public boolean isComplete() {
        return mode.acts() && percent == Share.BUCKETS;
    }

    /** For people: {@code 25 % of the listings are written, the others are left to an older sync (SYNC_CUTOVER_PERCENT is 25)}. */
    public String words() {
        return switch (mode) {
            case LIVE -> written() + leftAside();
            case SHADOW -> "nothing is written, no post is taken down, nobody is told (SYNC_MODE is shadow)";
            case SHADOW_SCHEMA ->
                written() + " in a schema of their own, no post is taken down, nobody is told (SYNC_MODE is"
                        + " shadow-schema)" + leftAside();
        };
    }

    private String written() {
        return switch (percent) {
            case 0 -> "no listing is written";
            case Share.BUCKETS -> "all listings are written";
            default -> percent + " % of the listings are written";
        };
    }

    private String leftAside() {
        return percent == Share.BUCKETS
                ? ""
                : ", " + (percent == 0 ? "all" : "the others") + " are left to an older sync (SYNC_CUTOVER_PERCENT is "
                        + percent + ")";
    }

    /**
     * Makes sure that a schema for trial rows is not the one that everybody reads.
     *
     * @param schema of SUPABASE_SCHEMA; empty for the project's own
     * @throws SettingsException when it may be
     */
    public void requireApart(String schema) {
        if (mode == SyncMode.SHADOW_SCHEMA && (schema.isEmpty() || schema.equals("public"))) {
            throw new SettingsException(
                    "SYNC_MODE is shadow-schema: expected SUPABASE_SCHEMA to name a schema of its own; found "
                            + (schema.isEmpty() ? "none" : "'" + schema + "', which everybody reads"));
        }
    }

    /**
     * Makes sure that there are rows to look at or to send.
     *
     * @param what is asked for, as the beginning of a sentence
     * @throws SettingsException when the sink writes nothing
     */
    public void requireWriting(String what) {
        if (!mode.writes()) {
            throw new SettingsException(
                    what + " needs a sink that writes, and SYNC_MODE is shadow: set it to live, or name"
                            + " another project with --target");
        }
    }
}
