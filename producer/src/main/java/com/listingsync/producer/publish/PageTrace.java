package com.listingsync.producer.publish;

import com.listingsync.common.run.FeedName;
import com.listingsync.common.trace.TraceFact;
import com.listingsync.common.trace.TraceHeader;
import com.listingsync.common.trace.TraceSpan;
import com.listingsync.common.trace.Tracing;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The trace of one page of a feed, which begins with the first of its records that is picked: reading the page, and below it the
 * publishing of each picked record until its transaction is committed. Confined to the feed's thread.
 */
final class PageTrace {

    private final Tracing tracing;
    private final FeedName feed;
    private final List<TraceSpan> publishing = new ArrayList<>();
    private @Nullable Instant asked;
    private @Nullable TraceSpan poll;
    private int records;

    PageTrace(Tracing tracing, FeedName feed) {
        this.tracing = tracing;
        this.feed = feed;
    }

    /** The page was asked for at this time; without, it begins with its first picked record. */
    void askedAt(Instant time) {
        asked = time;
    }

    /** A record is about to be sent; one that is picked says so in its headers from here on. */
    void sending(SourceRecord source, Headers headers, Clock clock) {
        if (!tracing.isOn()) {
            return;
        }
        records++;
        if (tracing.picks()) {
            TraceSpan publish = tracing.sending("publish", poll(source, clock).point())
                    .with(TraceFact.ENTITY, source.event().entity().wireName())
                    .with(TraceFact.LISTING, source.key().listing());
            TraceHeader.write(publish.point(), headers);
            publishing.add(publish);
        }
    }

    /** All that was sent is there for everybody. */
    void committed() {
        end();
    }

    /** Nothing of what was sent will ever be seen. */
    void dropped() {
        publishing.forEach(span -> span.failed("aborted"));
        if (poll != null) {
            poll.failed("aborted");
        }
        end();
    }

    private TraceSpan poll(SourceRecord source, Clock clock) {
        TraceSpan begun = poll;
        if (begun == null) {
            begun = tracing.begin("poll", asked == null ? clock.instant() : asked)
                    .with(TraceFact.CONNECTION, feed.connection())
                    .with(TraceFact.FEED, source.event().origin().feed());
            TraceSpan span = begun;
            source.event().origin().run().ifPresent(run -> span.with(TraceFact.RUN, run));
            poll = begun;
        }
        return begun;
    }

    private void end() {
        publishing.forEach(TraceSpan::end);
        publishing.clear();
        if (poll != null) {
            poll.with(TraceFact.SIZE, records).end();
            poll = null;
        }
        records = 0;
        asked = null;
    }
}
