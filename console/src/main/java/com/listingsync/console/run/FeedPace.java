package com.listingsync.console.run;

import com.listingsync.common.run.FeedState;
import java.util.OptionalLong;

/**
 * How far one feed is, and how fast it went on average since its reading began. Immutable.
 *
 * @param rows fetched records that are accounted for, down to the table
 * @param total what the source announced, or what came when that was more; 0 when neither is known
 * @param perSecond accounted for in a second; 0 before a second has passed
 * @param ended whether everything is accounted for
 */
record FeedPace(long rows, long total, double perSecond, boolean ended) {

    /** @param now in milliseconds since 1970 */
    static FeedPace of(FeedState feed, long now) {
        long fetched = feed.tally().fetched();
        long rows = fetched - feed.tally().inFlight();
        boolean ended = feed.isFinished() && feed.tally().inFlight() == 0;
        long total = feed.isFinished() || feed.expected() == null
                ? (feed.isFinished() ? fetched : 0)
                : Math.max(feed.expected(), fetched);
        long took = feed.startedAt() == null ? 0 : now - feed.startedAt();
        return new FeedPace(rows, total, took < 1000 ? 0 : rows * 1000.0 / took, ended);
    }

    /** 0 to 100; empty when the source did not say how much there is. */
    OptionalLong percent() {
        if (ended) {
            return OptionalLong.of(100);
        }
        return total == 0 ? OptionalLong.empty() : OptionalLong.of(rows * 100 / total);
    }

    /** Seconds until its end at this pace; empty when that can't be told. */
    OptionalLong secondsLeft() {
        return ended || perSecond <= 0 || total <= rows
                ? OptionalLong.empty()
                : OptionalLong.of((long) Math.ceil((total - rows) / perSecond));
    }
}
