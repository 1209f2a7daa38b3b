package com.listingsync.console.replay;

import com.listingsync.common.command.ReprocessWish.Wish;
import com.listingsync.common.run.RunState;
import com.listingsync.common.run.RunStatus;
import com.listingsync.common.run.Tally;
import com.listingsync.console.replay.ReplaySign.State;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a replay stands, put together from everything that is known of it. Times are milliseconds since 1970.
 *
 * @param definition what it is
 * @param state how it stands: {@code preparing, running, yielding, waiting, paused, finished, stopped, failed, abandoned}
 * @param why what it waits for, or why it failed; empty when there is nothing to say
 * @param read records read so far
 * @param done how much of {@code size} it has come by
 * @param size offsets of all passes, or records that the processor expects
 * @param tables what became of its rows, by table; by partition for source topics
 * @param changedAt when this was last so
 * @param process who runs it; empty for the processor
 */
public record ReplayStatus(
        ReplayDefinition definition,
        String state,
        Optional<String> why,
        long read,
        long done,
        long size,
        Map<String, Tally> tables,
        long changedAt,
        String process) {

    /** A process gives a sign of life every second. */
    private static final long DEAD_AFTER_MILLIS = 10_000;

    public ReplayStatus {
        tables = Map.copyOf(tables);
    }

    static ReplayStatus ofRows(ReplayDefinition definition, ReplayCounts counts, Optional<ReplaySign> sign, long now) {
        State last = sign.map(ReplaySign::state).orElse(State.PREPARING);
        long seen = sign.map(ReplaySign::at).orElse(definition.at());
        boolean dead = !last.ended() && now - seen > DEAD_AFTER_MILLIS;
        long done = last == State.FINISHED ? definition.size() : counts.done(definition.span());
        return new ReplayStatus(
                definition,
                (dead ? State.ABANDONED : last).word(),
                dead
                        ? Optional.of("its process is gone; 'replay resume " + definition.id()
                                + "' takes it up where it stands")
                        : sign.map(ReplaySign::why),
                counts.read(),
                done,
                definition.size(),
                counts.tables(),
                seen,
                sign.map(ReplaySign::process).orElse(""));
    }

    static ReplayStatus ofSources(ReplayDefinition definition, Optional<RunState> run, Optional<ReplayWish> wish) {
        Wish wished = wish.map(ReplayWish::wish).orElse(Wish.RESUME);
        boolean ended = run.filter(state -> state.status() != RunStatus.RUNNING).isPresent();
        State state = ended
                ? wished == Wish.STOP ? State.STOPPED : State.FINISHED
                : wished == Wish.PAUSE ? State.PAUSED : State.RUNNING;
        Map<String, Tally> feeds = new TreeMap<>();
        run.ifPresent(found -> found.feeds().forEach((name, feed) -> feeds.put(name, feed.tally())));
        Tally total = run.map(RunState::total).orElse(Tally.NONE);
        long expected = run.map(found -> found.feeds().values().stream()
                        .mapToLong(feed -> feed.expected() == null ? 0 : feed.expected())
                        .sum())
                .orElse(0L);
        return new ReplayStatus(
                definition,
                state.word(),
                run.isEmpty() ? Optional.of("no processor has taken it up yet") : Optional.empty(),
                total.fetched(),
                ended ? expected : total.fetched() - total.inFlight(),
                expected,
                feeds,
                run.map(found -> found.endedAt() == null ? found.startedAt() : found.endedAt())
                        .orElse(definition.at()),
                "");
    }

    /** What became of all its rows. */
    public Tally total() {
        return tables.values().stream().reduce(Tally.NONE, Tally::plus);
    }

    /** Rows that were sent. */
    public long sent() {
        return definition.request().ofRows() ? ReplayCounts.sent(total()) : total().fetched() - total().skipped();
    }

    /** Whether nothing happens to it any more unless somebody resumes it. */
    public boolean isEnded() {
        return State.valueOf(state.toUpperCase(java.util.Locale.ROOT)).ended();
    }

    /** Whether it has come to its end: it was not stopped before, and did not fail. */
    public boolean isFinished() {
        return state.equals(State.FINISHED.word());
    }

    /** Whether it has come to its end, and nothing was refused. */
    public boolean isWhole() {
        return isFinished() && total().refused() == 0;
    }
}
