package com.listingsync.embedded.world;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/**
 * The world's state and how it came about: guards the state with one lock, and writes every change to the journal before
 * it applies it. Thread-safe.
 */
final class Chronicle implements AutoCloseable {
    /**
     * A change that is to be made.
     *
     * @param answer what the caller gets for it
     * @param with what it is about, all of which is known to exist
     */
    record Decision<T>(T answer, Change.Verb verb, List<String> with) {
        Decision(T answer, Change.Verb verb, String... with) {
            this(answer, verb, List.of(with));
        }
    }

    private final WorldPlan plan;
    private final WorldState state;
    private final Edits edits;
    private final Optional<Journal> journal;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private long lastSecond = Long.MIN_VALUE;

    private Chronicle(WorldPlan plan, WorldState state, Optional<Journal> journal) {
        this.plan = plan;
        this.state = state;
        this.edits = new Edits(state);
        this.journal = journal;
    }

    /** @throws IllegalArgumentException when the journal is of another world, or a line of it can't be replayed */
    static Chronicle open(WorldPlan plan) {
        Optional<Journal> journal = plan.journal().map(Journal::open);
        List<String> lines = journal.map(Journal::takeLines).orElse(List.of());
        try {
            Beginning beginning = lines.isEmpty() ? Beginning.today(plan) : Beginning.resumed(plan, lines.get(0));
            if (lines.isEmpty()) {
                journal.ifPresent(each -> each.append(beginning.line()));
            }
            Chronicle chronicle = new Chronicle(plan, beginning.state(), journal);
            chronicle.replay(lines);
            return chronicle;
        } catch (RuntimeException e) {
            // The world does not start; the caller sees why.
            journal.ifPresent(Journal::close);
            throw e;
        }
    }

    private void replay(List<String> lines) {
        for (int i = 1; i < lines.size(); i++) {
            try {
                Change change = Change.parse(lines.get(i));
                edits.apply(change);
                lastSecond = change.second();
            } catch (JsonProcessingException | IllegalArgumentException e) {
                // Nothing is served from a journal that can't be followed to its end; the caller sees which line it is.
                throw new IllegalArgumentException(
                        "Line " + (i + 1) + " of the sample world's journal can't be replayed: " + e.getMessage(), e);
            }
        }
    }

    <T> T read(Function<WorldState, T> query) {
        lock.readLock().lock();
        try {
            return query.apply(state);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Decides under the lock, so that nothing changes in between; a decision that throws changes nothing. */
    <T> T change(Function<WorldState, Decision<T>> decide) {
        lock.writeLock().lock();
        try {
            Decision<T> decision = decide.apply(state);
            // A clock that is set back does not send changes into the past, where readers have been already.
            lastSecond = Math.max(lastSecond, plan.clock().instant().getEpochSecond());
            Change change = new Change(lastSecond, decision.verb(), decision.with());
            journal.ifPresent(each -> each.append(change.line()));
            edits.apply(change);
            return decision.answer();
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            journal.ifPresent(Journal::close);
        } finally {
            lock.writeLock().unlock();
        }
    }
}
