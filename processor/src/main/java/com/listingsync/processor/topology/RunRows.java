package com.listingsync.processor.topology;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.mapping.SystemTables;
import com.listingsync.common.run.FeedState;
import com.listingsync.common.run.RunState;
import com.listingsync.common.run.RunStatus;
import com.listingsync.common.run.Tally;
import com.listingsync.common.wire.Json;
import com.listingsync.processor.map.MappedRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run as rows: one of {@code sync_state}, and one of {@code sync_log} per feed. */
final class RunRows {

    private RunRows() {}

    static List<MappedRow> of(RunState run, long version) {
        List<MappedRow> rows = new ArrayList<>();
        rows.add(state(run, version));
        run.feeds().forEach((name, feed) -> rows.add(log(run.run(), name, feed, version)));
        return rows;
    }

    private static MappedRow state(RunState run, long version) {
        Tally total = run.total();
        ObjectNode row = Json.MAPPER
                .createObjectNode()
                .put("id", run.run())
                .put("sync_type", run.trigger())
                .put("status", run.status().wireName())
                .put("started_at", moment(run.startedAt()))
                .put("completed_at", moment(run.endedAt()))
                .put("total_items", total.fetched())
                .put("success_count", total.written() + total.unchanged())
                .put("failed_count", total.refused())
                .put("skipped_count", total.skipped());
        row.set("error_details", errors(run, total));
        row.put("row_version", version);
        return new MappedRow(SystemTables.SYNC_STATE, run.run(), StatusRows.bytes(row));
    }

    /** What was refused by code and which feeds could not be read; null when nothing went wrong. */
    private static @Nullable ObjectNode errors(RunState run, Tally total) {
        ObjectNode errors = Json.MAPPER.createObjectNode();
        ObjectNode refused = errors.putObject("refused");
        total.counts().forEach((name, count) -> {
            String prefix = Tally.refused("");
            if (name.startsWith(prefix)) {
                refused.put(name.substring(prefix.length()), count);
            }
        });
        ObjectNode problems = errors.putObject("feeds");
        run.feeds().forEach((name, feed) -> {
            if (feed.problem() != null) {
                problems.put(name, feed.problem());
            }
        });
        return refused.isEmpty() && problems.isEmpty() ? null : errors;
    }

    private static MappedRow log(String run, String name, FeedState feed, long version) {
        String id = run + "/" + name;
        int slash = name.indexOf('/');
        Tally tally = feed.tally();
        ObjectNode row = Json.MAPPER
                .createObjectNode()
                .put("id", id)
                .put("run_id", run)
                .put("connection", name.substring(0, slash))
                .put("feed", name.substring(slash + 1))
                .put("status", status(feed))
                .put("started_at", moment(feed.startedAt()))
                .put("finished_at", moment(feed.finishedAt()))
                .put("fetched", tally.fetched())
                .put("skipped", tally.skipped())
                .put("parked", tally.parked())
                .put("written", tally.written())
                .put("unchanged", tally.unchanged())
                .put("refused", tally.refused());
        ObjectNode details = row.putObject("details");
        tally.counts().forEach(details::put);
        if (feed.problem() != null) {
            details.put("problem", feed.problem());
        }
        row.put("row_version", version);
        return new MappedRow(SystemTables.SYNC_LOG, id, StatusRows.bytes(row));
    }

    /** A feed's status in the words of runs, and {@code waiting} before its reading began. */
    private static String status(FeedState feed) {
        if (feed.problem() != null) {
            return RunStatus.FAILED.wireName();
        }
        if (feed.startedAt() == null && !feed.isFinished()) {
            return "waiting";
        }
        if (!feed.isFinished() || feed.tally().inFlight() != 0) {
            return RunStatus.RUNNING.wireName();
        }
        return (feed.tally().refused() > 0 ? RunStatus.PARTIAL : RunStatus.COMPLETED).wireName();
    }

    private static @Nullable String moment(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis).toString();
    }
}
