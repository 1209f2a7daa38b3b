package com.listingsync.producer.source;

import com.listingsync.common.run.FeedName;
import com.listingsync.common.run.Outcome;
import com.listingsync.common.run.Tally;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The books of one feed in one pass: what of it has been reported and what is still to be. Answers with outcomes, which
 * the caller writes in the transaction of the work; {@link #committed()} says that they are out. Confined to the feed's
 * thread.
 *
 * <p>A scheduled pass is opened by the first thing worth reporting, so an idle poll writes nothing; a commanded one is
 * opened at once, because somebody waits for it.
 */
public final class FeedBooks {

    private final FeedName feed;
    private final Pass.Trigger trigger;
    private final Set<String> wanted;
    private final Set<String> found = new HashSet<>();
    private final Clock clock;
    private boolean opened;
    private boolean opening;
    private Tally unreported = Tally.NONE;
    private @Nullable Long expected;
    private @Nullable Integer pageSize;

    /**
     * @param pass what is made and why
     * @param opened whether the run already knows that the feed has begun, as after a crash in mid-run
     */
    public FeedBooks(FeedName feed, Pass pass, boolean opened, Clock clock) {
        this.feed = feed;
        this.trigger = pass.trigger();
        this.wanted = pass.keys();
        this.opened = opened;
        this.clock = clock;
    }

    /** Notes how many records the source says there are. */
    public void expect(long records) {
        expected = records;
    }

    /** Notes how many records are asked for at a time, because somebody named a number. */
    public void pagesOf(int records) {
        pageSize = records;
    }

    /** Notes that the feed has something of this key; null is none. */
    public void found(@Nullable String key) {
        if (key != null && wanted.contains(key)) {
            found.add(key);
        }
    }

    /** Counts something that is worth a report only together with something that is. */
    public void count(Tally tally) {
        unreported = unreported.plus(tally);
    }

    /** Whether the run knows, or must know, of the feed even if nothing is found. */
    public boolean mustReport() {
        return opened || trigger == Pass.Trigger.COMMAND;
    }

    /** What there is to report now. */
    public List<Outcome> progress() {
        long now = clock.millis();
        List<Outcome> outcomes = new ArrayList<>();
        if (!opened) {
            if (trigger == Pass.Trigger.SCHEDULE) {
                outcomes.add(new Outcome.RunStarted(List.of(feed), "schedule", now));
            }
            outcomes.add(new Outcome.FeedStarted(feed, expected, pageSize, now));
            opening = true;
        }
        if (!unreported.counts().isEmpty()) {
            outcomes.add(new Outcome.Counted(feed, unreported, now));
            unreported = Tally.NONE;
        }
        return outcomes;
    }

    /**
     * The last report: progress and the end.
     *
     * @param problem why the feed could not be read; null when it was
     */
    public List<Outcome> end(@Nullable String problem) {
        List<Outcome> outcomes = progress();
        outcomes.add(new Outcome.FeedFinished(feed, problem, problem == null ? missing() : null, clock.millis()));
        return outcomes;
    }

    /** What was answered last is committed. */
    public void committed() {
        opened = opened || opening;
        opening = false;
    }

    private @Nullable List<String> missing() {
        return wanted.isEmpty()
                ? null
                : wanted.stream().filter(key -> !found.contains(key)).sorted().toList();
    }
}
