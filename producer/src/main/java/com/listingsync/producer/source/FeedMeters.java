package com.listingsync.producer.source;

import com.listingsync.common.meter.Commits;
import com.listingsync.common.meter.Meter;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.run.FeedName;
import com.listingsync.common.run.Tally;
import com.listingsync.common.topic.Stage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The meters of one feed; {@code fetched = emitted + skipped + refused}. Thread-safe. */
public final class FeedMeters {

    private static final String REFUSED = "refused.";

    private final Meters meters;
    private final Clock clock;
    private final Counter pages;
    private final Counter emitted;
    private final Counter skipped;
    private final Counter refused;
    private final Timer freshness;
    private final Commits commits;
    private final AtomicLong lastSuccess = new AtomicLong();
    private final AtomicLong intervalSeconds = new AtomicLong();
    private final AtomicLong takenOver = new AtomicLong();
    private final AtomicLong held = new AtomicLong();

    FeedMeters(Meters meters, FeedName feed, Clock clock) {
        this.meters = meters;
        this.clock = clock;
        this.pages = meters.counter(Meter.PRODUCER_PAGES, feed.connection(), feed.feed());
        this.emitted = records(feed, "emitted");
        this.skipped = records(feed, "skipped");
        this.refused = records(feed, "refused");
        this.freshness = meters.timer(Meter.PRODUCER_FRESHNESS, feed.connection(), feed.feed());
        this.commits = new Commits(meters, Stage.PRODUCER.wireName());
        meters.gauge(Meter.PRODUCER_FEED_INTERVAL, intervalSeconds::get, feed.connection(), feed.feed());
        meters.gauge(Meter.PRODUCER_FEED_UNREAD, this::unreadSeconds, feed.connection(), feed.feed());
        meters.gauge(Meter.PRODUCER_FEED_LAST_SUCCESS, lastSuccess::get, feed.connection(), feed.feed());
        meters.gauge(Meter.PRODUCER_SWEEP_HELD, held::get, feed.connection(), feed.feed());
    }

    /** One more page was read. */
    public void page() {
        pages.increment();
    }

    /** Counts what is committed, under the names of {@link Tally}. */
    public void counted(Map<String, Long> counts) {
        Tally tally = new Tally(counts);
        emitted.increment((double) (tally.fetched() - tally.skipped() - tally.refused()));
        skipped.increment((double) tally.skipped());
        refused.increment((double) tally.refused());
        counts.forEach((name, count) -> {
            if (name.startsWith(REFUSED)) {
                meters.counter(Meter.DEAD_LETTERS, Stage.PRODUCER.wireName(), name.substring(REFUSED.length()))
                        .increment(count);
            }
        });
    }

    /** How many records were emitted since the start of the process. */
    public long emitted() {
        return (long) emitted.count();
    }

    /** This process runs the feed, and reads it at least this often; zero when it does not, or not by itself. */
    public void interval(Duration longest) {
        intervalSeconds.set(longest.toSeconds());
        takenOver.set(clock.instant().getEpochSecond());
    }

    /** A change made at this moment at the source is committed now. */
    public void fresh(Instant changed) {
        // A server's clock may be ahead of ours.
        Duration behind = Duration.between(changed, clock.instant());
        freshness.record(behind.isNegative() ? Duration.ZERO : behind);
    }

    /** Runs the commit of a transaction and measures it. */
    public void commit(Runnable commit) {
        commits.measure(commit);
    }

    /** So many deletes wait for a person. */
    public void held(long deletes) {
        held.set(deletes);
    }

    /** The feed was read to its end just now. */
    public void readToEnd() {
        lastSuccess.set(clock.instant().getEpochSecond());
    }

    private long unreadSeconds() {
        long since = Math.max(lastSuccess.get(), takenOver.get());
        return intervalSeconds.get() == 0 ? 0 : Math.max(0, clock.instant().getEpochSecond() - since);
    }

    private Counter records(FeedName feed, String outcome) {
        return meters.counter(Meter.PRODUCER_RECORDS, feed.connection(), feed.feed(), outcome);
    }
}
