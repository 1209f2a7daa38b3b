package com.listingsync.producer.source;

import com.listingsync.common.meter.Commits;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.run.FeedName;
import com.listingsync.common.topic.Stage;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The meters of all feeds. They outlive the readers of their connections, so that a gauge never shows what a reader that
 * is gone had seen. Thread-safe.
 */
public final class SourceMeters {

    private final Meters meters;
    private final Clock clock;
    private final Commits commits;
    private final Map<FeedName, FeedMeters> feeds = new ConcurrentHashMap<>();

    public SourceMeters(Meters meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
        this.commits = new Commits(meters, Stage.PRODUCER.wireName());
    }

    /** The meters of one feed, always the same. */
    public FeedMeters of(FeedName feed) {
        return feeds.computeIfAbsent(feed, name -> new FeedMeters(meters, name, clock));
    }

    /** Runs the commit of a transaction of several feeds and measures it. */
    public void commit(Runnable commit) {
        commits.measure(commit);
    }

    /** The service's meters. */
    public Meters all() {
        return meters;
    }
}
