package com.listingsync.producer.mls;

import com.listingsync.common.command.SyncCommand;
import com.listingsync.common.event.Origin;
import com.listingsync.producer.connection.MlsFeed;
import com.listingsync.producer.presence.LogKeys;
import com.listingsync.producer.presence.Sweep;
import com.listingsync.producer.presence.SweepRule;
import com.listingsync.producer.presence.SweepState;
import com.listingsync.producer.source.FeedMeters;
import com.listingsync.producer.source.FeedThreads;
import com.listingsync.producer.source.Pass;
import com.listingsync.producer.upstream.UpstreamException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sweeps of one feed: reads keys beside the passes, however long that takes, and acts on them within a pass, in the feed's own
 * transactions. Killed in between, it begins again; what was deleted is no longer known by then, and is not deleted twice.
 * Confined to the feed's thread.
 */
final class FeedSweep implements AutoCloseable {

    /** The part of the feed's checkpoint that holds the state of its sweeps. */
    static final String PART = "sweep";

    private static final Logger LOG = LoggerFactory.getLogger(FeedSweep.class);

    /** A reading during which more records than this are emitted is given up: the next one is calmer. */
    private static final int MOST_TOUCHED = 1_000_000;

    private final MlsFeed feed;
    private final SweepTiming timing;
    private final Reading reading;
    private final FeedThreads threads;
    private final FeedMeters meters;
    private final Clock clock;
    private final FeedMemory memory;
    private volatile SweepState state;
    private @Nullable UnderWay underWay;
    private volatile @Nullable String failure;

    /** Reads the keys that the server has and what the log knows, to their ends. */
    interface Reading {
        /** @param pageSize keys to ask for at a time; null for what the feed is set to */
        Read read(@Nullable Integer pageSize) throws InterruptedException;
    }

    /** Fetches records by key. */
    interface Fetch {
        List<MlsRecord> of(List<String> keys) throws InterruptedException;
    }

    /**
     * What was read.
     *
     * @param count how many keys the server said there are; empty when it did not say
     */
    record Read(Sweep sweep, Optional<Long> count) {}

    private record UnderWay(Instant began, Set<String> touched, FutureTask<Read> task) {}

    FeedSweep(
            MlsFeed feed,
            Reading reading,
            FeedThreads threads,
            FeedMeters meters,
            Clock clock,
            FeedMemory memory,
            SweepState state) {
        this.feed = feed;
        this.timing = new SweepTiming(feed.sweeping().every());
        this.reading = reading;
        this.threads = threads;
        this.meters = meters;
        this.clock = clock;
        this.memory = memory;
        this.state = state;
        meters.held(state.waits() ? state.missing() : 0);
    }

    /** Reads keys of the server, then what the log knows. */
    static Read read(KeyReader server, LogKeys log) throws InterruptedException {
        Sweep sweep = new Sweep();
        boolean whole = false;
        try {
            Optional<Long> count = server.readAll(sweep);
            sweep.learn(log);
            whole = true;
            return new Read(sweep, count);
        } finally {
            if (!whole) {
                sweep.close();
            }
        }
    }

    /**
     * Does what is due of a sweep in this pass.
     *
     * @return why a sweep that somebody asked for could not be made, or what it holds back; empty when all is well
     */
    Optional<String> make(Pass pass, Origin origin, FeedWriter writer, Fetch fetch) throws InterruptedException {
        if (!pass.keys().isEmpty() || !memory.checkpoint().complete()) {
            return Optional.empty();
        }
        if (pass.sweep() != SyncCommand.Sweep.NONE) {
            close();
            begin(pass.pageSize());
            finish(pass.sweep() == SyncCommand.Sweep.CONFIRMED, origin, writer, fetch);
            return standing();
        }
        if (pass.trigger() == Pass.Trigger.SCHEDULE) {
            scheduled(origin, writer, fetch);
        }
        return Optional.empty();
    }

    /** Makes a sweep at the next scheduled pass, whenever the last one was. */
    void soon() {
        timing.soon();
    }

    /** What is wrong with the last sweep, in words for people; empty when nothing is. */
    Optional<String> standing() {
        return Optional.ofNullable(failure).or(() -> Optional.ofNullable(state.held()));
    }

    /** Gives up a reading that is under way. Idempotent. */
    @Override
    public void close() {
        UnderWay given = underWay;
        underWay = null;
        memory.watch(null);
        if (given != null && !given.task().cancel(true)) {
            discard(given.task());
        }
    }

    private void scheduled(Origin origin, FeedWriter writer, Fetch fetch) throws InterruptedException {
        Instant now = clock.instant();
        UnderWay current = underWay;
        if (current != null && current.touched().size() > MOST_TOUCHED) {
            close();
        } else if (current != null && current.task().isDone()) {
            finish(false, origin, writer, fetch);
        } else if (current == null && timing.isDue(state, now)) {
            begin(null);
        }
    }

    private void begin(@Nullable Integer pageSize) {
        timing.begun();
        Set<String> touched = new HashSet<>();
        FutureTask<Read> task = new FutureTask<>(() -> reading.read(pageSize));
        memory.watch(touched);
        underWay = new UnderWay(clock.instant(), touched, task);
        Future<?> unused = threads.start(task);
    }

    private void finish(boolean confirmed, Origin origin, FeedWriter writer, Fetch fetch) throws InterruptedException {
        UnderWay current = underWay;
        if (current == null) {
            return;
        }
        try (Sweep sweep = result(current.task()).sweep()) {
            act(current, sweep, result(current.task()).count(), confirmed, origin, writer, fetch);
        } catch (UpstreamException e) {
            // Nothing was deleted on half an answer; the sweep is made again after a while, health says why.
            failed("could not be made: " + e.getMessage());
        } finally {
            underWay = null;
            memory.watch(null);
        }
    }

    private void act(
            UnderWay current,
            Sweep sweep,
            Optional<Long> count,
            boolean confirmed,
            Origin origin,
            FeedWriter writer,
            Fetch fetch)
            throws InterruptedException {
        long number = state.number() + 1;
        long at = current.began().toEpochMilli();
        SweepRule rule = new SweepRule(feed.sweeping(), number, at, confirmed ? number : state.confirmed());
        Sweep.Totals totals = sweep.totals(rule, current.touched()::contains);
        Optional<String> disbelief = SweepRule.disbelief(totals.read(), count, totals.known());
        if (disbelief.isPresent()) {
            failed("is not believed: " + disbelief.get() + "; nothing is deleted");
            return;
        }
        Optional<String> held = rule.brake(totals.missing(), totals.known())
                .map(words -> words + ". If they are meant to go: ./listing-sync sync --connection "
                        + origin.connection() + " --sweep --confirm-deletes");
        SweepActions actions = new SweepActions(feed.entity(), origin, number, held.isPresent(), writer);
        sweep.act(rule, current.touched()::contains, actions);
        SweepState next = new SweepState(number, at, rule.confirmed(), held.orElse(null), totals.missing());
        List<String> unknown = actions.unknown();
        for (int from = 0; from < unknown.size(); from += SweepActions.AT_ONCE) {
            writer.records(fetch.of(unknown.subList(from, Math.min(unknown.size(), from + SweepActions.AT_ONCE))));
            writer.write(List.of(), log -> {});
        }
        writer.write(List.of(), log -> log.moveCheckpoint(PART, next.bytes()));
        state = next;
        timing.made();
        failure = null;
        meters.held(next.waits() ? next.missing() : 0);
        report(totals, actions, origin, held);
    }

    private void failed(String words) {
        failure = "a sweep " + words;
        timing.failed(clock.instant());
    }

    private void report(Sweep.Totals totals, SweepActions actions, Origin origin, Optional<String> held) {
        Supplier<org.slf4j.spi.LoggingEventBuilder> level = () -> held.isPresent() ? LOG.atError() : LOG.atInfo();
        level.get()
                .addKeyValue("connection", origin.connection())
                .addKeyValue("feed", origin.feed())
                .addKeyValue("atServer", totals.read())
                .addKeyValue("known", totals.known())
                .addKeyValue("missing", totals.missing())
                .addKeyValue("deleted", actions.deleted())
                .addKeyValue("fetched", actions.unknown().size())
                .log(held.isPresent() ? "a sweep is held: too much is missing at once" : "sweep made");
    }

    private static Read result(FutureTask<Read> task) throws InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("reading keys threw what it does not declare", e.getCause());
        }
    }

    private static void discard(FutureTask<Read> task) {
        if (!task.isCancelled()) {
            try {
                task.get().sweep().close();
            } catch (ExecutionException e) {
                // It failed by itself and has cleaned up.
                return;
            } catch (InterruptedException e) {
                // It is done, so nothing is waited for.
                Thread.currentThread().interrupt();
            }
        }
    }
}
