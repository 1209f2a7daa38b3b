package com.listingsync.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.wire.Json;
import com.listingsync.console.verify.Repair;
import com.listingsync.console.verify.VerifyReport;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One comparison that was asked for here, from its beginning to its result. Worked on by one thread, looked at by any.
 */
final class VerifyJob {

    private static final int DIFFERENCES = 20;

    private final String id;
    private final Wish wish;
    private final long startedAt;
    private final LongSupplier read;
    private volatile @Nullable VerifyReport report;
    private volatile Repair.@Nullable Outcome repaired;
    private volatile @Nullable String problem;
    private volatile boolean ended;

    /**
     * What is wanted.
     *
     * @param tables only these; empty for all
     * @param keys only what belongs to these; empty for all
     * @param sample so many rows of each table; 0 for all
     * @param repair whether to mend what differs and compare again
     * @param extra what a repair does about rows that the log does not know
     * @param who asks
     */
    record Wish(List<String> tables, List<String> keys, int sample, boolean repair, Repair.Extra extra, String who) {
        Wish {
            tables = List.copyOf(tables);
            keys = List.copyOf(keys);
        }

        /** For the audit trail. */
        String selection() {
            return ((tables.isEmpty() ? "" : "--table " + String.join(",", tables) + " ")
                            + (keys.isEmpty() ? "" : "--keys " + String.join(",", keys) + " ")
                            + (extra == Repair.Extra.DELETE ? "--yes" : ""))
                    .strip();
        }
    }

    /** @param read rows that have been read so far */
    VerifyJob(String id, Wish wish, long startedAt, LongSupplier read) {
        this.id = id;
        this.wish = wish;
        this.startedAt = startedAt;
        this.read = read;
    }

    String id() {
        return id;
    }

    Wish wish() {
        return wish;
    }

    boolean isEnded() {
        return ended;
    }

    void repaired(Repair.Outcome outcome) {
        repaired = outcome;
    }

    void found(VerifyReport found) {
        report = found;
        ended = true;
    }

    /** It came to no result. */
    void failed(String why) {
        problem = why;
        ended = true;
    }

    /** {@code verify, state, startedAt, requestedBy, read, problem, result, repair}; state is running, ended or failed. */
    ObjectNode json() {
        VerifyReport found = report;
        Repair.Outcome mended = repaired;
        ObjectNode json = Json.MAPPER
                .createObjectNode()
                .put("verify", id)
                .put("state", !ended ? "running" : problem == null ? "ended" : "failed")
                .put("startedAt", startedAt)
                .put("requestedBy", wish.who())
                .put("read", read.getAsLong())
                .put("problem", problem);
        json.set("result", found == null ? null : found.json(DIFFERENCES));
        json.set("repair", mended == null ? null : mended.json());
        return json;
    }
}
