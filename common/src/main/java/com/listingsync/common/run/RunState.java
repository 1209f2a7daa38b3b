package com.listingsync.common.run;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.listingsync.common.wire.Json;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The state of a sync run: the sum of its outcomes. Times are milliseconds since 1970.
 *
 * <pre>
 *             all feeds read, books balance ──> completed (nothing refused) or partial
 *   running ──┤
 *             a feed failed, or no producer has it in hand any more, the rest as above ──> failed
 * </pre>
 *
 * An ended run can still change: a parked child that is released later moves from {@code parked} to {@code written}, and a feed
 * that nobody had in hand is read on by a producer that is started later.
 *
 * @param run id of the run
 * @param trigger who or what asked for it; {@code unknown} until that is reported
 * @param status how it stands
 * @param startedAt when it began
 * @param endedAt when it first was no longer running; null while it is
 * @param feeds its feeds by {@code connection/feed}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RunState(
        String run,
        String trigger,
        RunStatus status,
        long startedAt,
        @Nullable Long endedAt,
        Map<String, FeedState> feeds) {

    /** Stands for the feeds of a connection of which none was announced. */
    private static final String ANY_FEED = "*";

    public RunState {
        Objects.requireNonNull(status, "status");
        feeds = Collections.unmodifiableMap(new TreeMap<>(feeds));
    }

    /** A run of which nothing is known yet but that it exists. */
    public static RunState first(String run, long at) {
        return new RunState(run, "unknown", RunStatus.RUNNING, at, null, Map.of());
    }

    /** The state after one more outcome. */
    public RunState plus(Outcome outcome) {
        RunState next = outcome.fold(
                started -> announced(started),
                started -> with(
                        started.feed(),
                        feed(started.feed()).started(started.expected(), started.pageSize(), started.at())),
                finished -> with(
                        finished.feed(),
                        feed(finished.feed()).finished(finished.problem(), finished.missing(), finished.at())),
                refused -> refused(refused),
                counted -> with(counted.feed(), feed(counted.feed()).counted(counted.tally())),
                reading -> heard(reading.feeds()));
        return next.judged(outcome.at());
    }

    /** The state when no producer has these feeds in hand any more. */
    public RunState silent(Collection<FeedName> feeds, long at) {
        RunState next = this;
        for (FeedName feed : feeds) {
            next = next.plus(new Outcome.FeedFinished(feed, FeedState.SILENT, at));
        }
        return next;
    }

    /** Feeds whose reading has not ended. */
    public List<FeedName> unread() {
        return feeds.entrySet().stream()
                .filter(feed -> !feed.getValue().isFinished())
                .map(feed -> FeedName.of(feed.getKey()))
                .toList();
    }

    /** What became of all records of the run. */
    public Tally total() {
        return feeds.values().stream().map(FeedState::tally).reduce(Tally.NONE, Tally::plus);
    }

    /**
     * Of the keys that were asked for, those that no feed has; empty when no keys were. What feeds that could not be read
     * have is not known.
     */
    public List<String> missingKeys() {
        List<List<String>> lists = feeds.values().stream()
                .map(FeedState::missing)
                .filter(Objects::nonNull)
                .toList();
        if (lists.isEmpty()) {
            return List.of();
        }
        Set<String> nowhere = new TreeSet<>(lists.get(0));
        lists.forEach(nowhere::retainAll);
        return List.copyOf(nowhere);
    }

    /** UTF-8 JSON object with the components as fields. */
    public byte[] bytes() {
        try {
            return Json.MAPPER.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a run state of plain values can't be written as JSON", e);
        }
    }

    /**
     * The state in these bytes.
     *
     * @throws IllegalArgumentException when they are not one
     */
    public static RunState of(byte[] bytes) {
        try {
            return Json.MAPPER.readValue(bytes, RunState.class);
        } catch (IOException e) {
            throw new IllegalArgumentException("not a run state: expected an object with run, status and feeds", e);
        }
    }

    private RunState announced(Outcome.RunStarted started) {
        Map<String, FeedState> all = new TreeMap<>(feeds);
        started.feeds().forEach(feed -> all.putIfAbsent(feed.toString(), FeedState.WAITING));
        return new RunState(run, started.trigger(), status, Math.min(startedAt, started.at()), endedAt, all);
    }

    private RunState heard(List<FeedName> feeds) {
        RunState next = this;
        for (FeedName feed : feeds) {
            FeedState before = next.feeds.get(feed.toString());
            if (before != null) {
                next = next.with(feed, before.heard());
            }
        }
        return next;
    }

    private RunState refused(Outcome.ConnectionRefused refused) {
        Map<String, FeedState> all = new TreeMap<>(feeds);
        String prefix = new FeedName(refused.connection(), "").toString();
        all.replaceAll((name, feed) -> name.startsWith(prefix) && !feed.isFinished()
                ? feed.finished(refused.problem(), null, refused.at())
                : feed);
        if (all.keySet().stream().noneMatch(name -> name.startsWith(prefix))) {
            // The run must say that something was asked for and is not there.
            all.put(prefix + ANY_FEED, FeedState.WAITING.finished(refused.problem(), null, refused.at()));
        }
        return new RunState(run, trigger, status, startedAt, endedAt, all);
    }

    private FeedState feed(FeedName feed) {
        return feeds.getOrDefault(feed.toString(), FeedState.WAITING);
    }

    private RunState with(FeedName feed, FeedState state) {
        Map<String, FeedState> all = new TreeMap<>(feeds);
        all.put(feed.toString(), state);
        return new RunState(run, trigger, status, startedAt, endedAt, all);
    }

    private RunState judged(long at) {
        RunStatus now = statusNow();
        Long end = now.ended() ? Objects.requireNonNullElse(endedAt, at) : null;
        return new RunState(run, trigger, now, startedAt, end, feeds);
    }

    private RunStatus statusNow() {
        boolean allRead = !feeds.isEmpty() && feeds.values().stream().allMatch(FeedState::isFinished);
        boolean balanced = feeds.values().stream().allMatch(feed -> feed.tally().inFlight() == 0);
        if (!allRead || !balanced) {
            return RunStatus.RUNNING;
        }
        if (feeds.values().stream().anyMatch(feed -> feed.problem() != null)) {
            return RunStatus.FAILED;
        }
        return total().refused() > 0 ? RunStatus.PARTIAL : RunStatus.COMPLETED;
    }
}
