package com.listingsync.console.watch;

import com.listingsync.common.meter.Meter;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.run.FeedState;
import com.listingsync.common.run.RunState;
import com.listingsync.common.run.RunStatus;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The meters of sync runs, told of every state that is seen. Told by one thread; its gauges are read by any. */
final class RunMeters {

    /** A run that began earlier and has not ended is not under way: what it waited for is gone, and a later one read its feeds again. */
    private static final Duration LONGEST = Duration.ofDays(7);

    private final Meters meters;
    private final Function<RunState, RunKind> kinds;
    private final InstantSource clock;
    private final Map<String, RunState> open = new ConcurrentHashMap<>();
    private final Set<String> ended = new HashSet<>();

    /** @param kinds tells what kind of run a state is of */
    RunMeters(Meters meters, Function<RunState, RunKind> kinds, InstantSource clock) {
        this.meters = meters;
        this.kinds = kinds;
        this.clock = clock;
        for (RunKind kind : RunKind.values()) {
            meters.gauge(Meter.RUN_OLDEST, () -> seconds(oldest(kind)), kind.tag());
            for (RunStatus status : RunStatus.values()) {
                if (status.ended()) {
                    // There from the beginning: of a counter that begins with 1 Prometheus sees no increase.
                    meters.counter(Meter.RUNS, kind.tag(), status.wireName());
                }
            }
        }
        meters.gauge(Meter.RUN_UNSETTLED, () -> seconds(unsettledSince()));
        meters.gauge(Meter.RUN_UNSETTLED_RECORDS, this::unsettledRecords);
    }

    /** A state that stood there before anybody watched: one that has ended is not counted. */
    void found(RunState state) {
        if (state.status().ended()) {
            ended.add(state.run());
        } else {
            open.put(state.run(), state);
        }
    }

    /** A state that came while watching; the first one that has ended is counted. */
    void saw(RunState state) {
        if (!state.status().ended()) {
            open.put(state.run(), state);
            return;
        }
        open.remove(state.run());
        if (ended.add(state.run())) {
            count(state);
        }
    }

    private void count(RunState state) {
        String kind = kinds.apply(state).tag();
        meters.counter(Meter.RUNS, kind, state.status().wireName()).increment();
        Long end = state.endedAt();
        if (end != null) {
            meters.timer(Meter.RUN_DURATION, kind).record(Duration.ofMillis(Math.max(0, end - state.startedAt())));
        }
    }

    private OptionalLong oldest(RunKind kind) {
        return underWay()
                .filter(state -> kinds.apply(state) == kind)
                .mapToLong(RunState::startedAt)
                .min();
    }

    private OptionalLong unsettledSince() {
        return unsettled()
                .mapToLong(state -> finished(state).max().orElse(state.startedAt()))
                .min();
    }

    private long unsettledRecords() {
        return unsettled()
                .mapToLong(state -> Math.abs(state.total().inFlight()))
                .sum();
    }

    private Stream<RunState> unsettled() {
        return underWay()
                .filter(state -> !state.feeds().isEmpty()
                        && state.feeds().values().stream().allMatch(FeedState::isFinished));
    }

    private Stream<RunState> underWay() {
        long since = clock.millis() - LONGEST.toMillis();
        return open.values().stream().filter(state -> state.startedAt() >= since);
    }

    private double seconds(OptionalLong since) {
        return since.isEmpty() ? 0 : Math.max(0, clock.millis() - since.getAsLong()) / 1000.0;
    }

    private static LongStream finished(RunState state) {
        return state.feeds().values().stream()
                .map(FeedState::finishedAt)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue);
    }
}
