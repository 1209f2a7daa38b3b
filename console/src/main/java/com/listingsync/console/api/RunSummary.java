package com.listingsync.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.run.RunState;
import com.listingsync.common.run.RunStatus;
import com.listingsync.common.run.Tally;
import com.listingsync.common.wire.Json;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A run in one line, small enough that a million of them stay at hand. Times are milliseconds since 1970; counts are of all
 * its feeds together. Immutable.
 *
 * @param run its id
 * @param trigger who or what asked for it
 * @param status how it stands
 * @param startedAt when it began
 * @param endedAt when it first was no longer running; null while it is
 * @param feeds how many it reads
 * @param failedFeeds of those, how many could not be read
 * @param fetched records read
 * @param skipped of those, known already, or not wanted
 * @param parked of those, waiting for their listing
 * @param written of those, in the tables now
 * @param unchanged of those, in the tables before
 * @param refused of those, dead letters now
 * @param partition where its state stands on the topic
 * @param offset where in the partition
 */
record RunSummary(
        String run,
        String trigger,
        RunStatus status,
        long startedAt,
        @Nullable Long endedAt,
        int feeds,
        int failedFeeds,
        long fetched,
        long skipped,
        long parked,
        long written,
        long unchanged,
        long refused,
        int partition,
        long offset)
        implements Comparable<RunSummary> {

    static RunSummary of(RunState run, int partition, long offset) {
        Tally total = run.total();
        return new RunSummary(
                run.run(),
                run.trigger().intern(),
                run.status(),
                run.startedAt(),
                run.endedAt(),
                run.feeds().size(),
                (int) run.feeds().values().stream()
                        .filter(feed -> feed.problem() != null)
                        .count(),
                total.fetched(),
                total.skipped(),
                total.parked(),
                total.written(),
                total.unchanged(),
                total.refused(),
                partition,
                offset);
    }

    /** Where a page goes on that ended with this run; text for a cursor. */
    String place() {
        return startedAt + "-" + run;
    }

    /** As a list shows it. */
    ObjectNode json() {
        return Json.MAPPER
                .createObjectNode()
                .put("run", run)
                .put("trigger", trigger)
                .put("status", status.wireName())
                .put("startedAt", startedAt)
                .put("endedAt", endedAt)
                .put("feeds", feeds)
                .put("failedFeeds", failedFeeds)
                .put("fetched", fetched)
                .put("skipped", skipped)
                .put("parked", parked)
                .put("written", written)
                .put("unchanged", unchanged)
                .put("refused", refused)
                .put("inFlight", fetched - skipped - parked - written - unchanged - refused);
    }

    /** The newest first. */
    @Override
    public int compareTo(RunSummary other) {
        int byStart = Long.compare(other.startedAt, startedAt);
        return byStart != 0 ? byStart : other.run.compareTo(run);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RunSummary summary && startedAt == summary.startedAt && run.equals(summary.run);
    }

    @Override
    public int hashCode() {
        return Objects.hash(startedAt, run);
    }
}
