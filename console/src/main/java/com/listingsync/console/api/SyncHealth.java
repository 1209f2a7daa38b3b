package com.listingsync.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.wire.Json;
import com.listingsync.console.http.Reply;
import com.listingsync.console.live.Pipeline;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Whether syncing goes well, in one word: judged by the runs of the last day, at most the newest thousand. Thread-safe.
 *
 * <p>The error rate is the larger of two shares, in percent: refused records of those read, and feeds that could not be read of
 * those that were to be. A source that can't be read has no records, and yet is an error.
 */
final class SyncHealth {

    private static final Duration LOOKED_AT = Duration.ofHours(24);
    private static final int MOST = 1_000;
    private static final double DEGRADED = 5;
    private static final double UNHEALTHY = 10;

    private final RunsBook runs;
    private final Pipeline pipeline;
    private final Clock clock;

    SyncHealth(RunsBook runs, Pipeline pipeline, Clock clock) {
        this.runs = runs;
        this.pipeline = pipeline;
        this.clock = clock;
    }

    /** 200 while healthy or degraded, 503 when not. */
    Reply reply() {
        long since = clock.millis() - LOOKED_AT.toMillis();
        List<RunSummary> ended = runs.index().newest(MOST).stream()
                .filter(run -> run.status().ended() && run.startedAt() >= since)
                .toList();
        double errorRate = errorRate(ended);
        Optional<String> problem = runs.problem();
        String breaker = pipeline.worstBreaker();
        String status = problem.isPresent() ? "unhealthy" : status(errorRate, breaker);
        ObjectNode json = Json.MAPPER.createObjectNode().put("status", status);
        lastSync(json);
        json.put("errorRate", Math.round(errorRate * 100) / 100.0);
        ended.stream()
                .filter(run -> run.endedAt() != null)
                .mapToLong(run -> run.endedAt() - run.startedAt())
                .average()
                .ifPresentOrElse(
                        millis -> json.put("avgSyncDuration", Math.round(millis) / 1000.0),
                        () -> json.putNull("avgSyncDuration"));
        json.put("queueSize", pipeline.queue().orElse(null));
        json.put("circuitBreakerState", breaker);
        json.put("runsLookedAt", ended.size());
        problem.ifPresent(words -> json.put("problem", words));
        return Reply.json(status.equals("unhealthy") ? 503 : 200, json);
    }

    /** In percent; 0 when nothing was read. */
    static double errorRate(List<RunSummary> runs) {
        long fetched = runs.stream().mapToLong(RunSummary::fetched).sum();
        long refused = runs.stream().mapToLong(RunSummary::refused).sum();
        long feeds = runs.stream().mapToLong(RunSummary::feeds).sum();
        long failed = runs.stream().mapToLong(RunSummary::failedFeeds).sum();
        return Math.max(share(refused, fetched), share(failed, feeds));
    }

    /** An open breaker is a stage that waits: nothing is lost, and nothing moves either. */
    static String status(double errorRate, String breaker) {
        if (errorRate > UNHEALTHY) {
            return "unhealthy";
        }
        return errorRate > DEGRADED || breaker.equals("open") ? "degraded" : "healthy";
    }

    private void lastSync(ObjectNode json) {
        runs.index().page(1, Optional.empty(), run -> run.endedAt() != null).runs().stream()
                .findFirst()
                .ifPresentOrElse(
                        run -> json.put("lastSync", SyncEndpoints.time(run.startedAt()))
                                .put("lastSyncId", run.run())
                                .put("lastSyncStatus", run.status().wireName()),
                        () -> json.putNull("lastSync"));
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : part * 100.0 / whole;
    }
}
