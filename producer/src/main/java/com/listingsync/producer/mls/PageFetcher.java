package com.listingsync.producer.mls;

import com.listingsync.producer.publish.SourceRecord;
import com.listingsync.producer.upstream.TooMuch;
import com.listingsync.producer.upstream.UpstreamException;
import com.listingsync.producer.upstream.UpstreamException.Kind;
import com.listingsync.producer.upstream.UpstreamHttp;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.ResponseBody;

/**
 * Reads a feed page by page to its end and hands it over; its {@link Trail} says what to ask for. Confined to the fetching
 * thread.
 */
final class PageFetcher implements Runnable {

    /** Answers to a nextLink that has expired or was forgotten by a restart of the server. */
    private static final Set<Integer> LINK_GONE = Set.of(400, 404, 410);

    private static final int LEAST_RECORDS = 100;

    private final UpstreamHttp http;
    private final RecordShape shape;
    private final Handover handover;
    private final PageSize pageSize;
    private final Trail trail;

    /**
     * @param resume where to go on
     */
    PageFetcher(UpstreamHttp http, FeedQuery query, ReadState resume, PageSize pageSize, Handover handover) {
        this.http = http;
        this.shape = new RecordShape(query.feed());
        this.handover = handover;
        this.pageSize = pageSize;
        this.trail = new Trail(query, resume, pageSize);
    }

    @Override
    public void run() {
        try {
            handover.end(readToEnd());
        } catch (InterruptedException e) {
            // The connection is being stopped; the writer has been told too and waits for nothing.
            Thread.currentThread().interrupt();
        }
    }

    private ReadEnd readToEnd() throws InterruptedException {
        try {
            boolean more = true;
            while (more) {
                more = trail.probing() ? probe() : fetch();
            }
            return ReadEnd.WELL;
        } catch (UpstreamException e) {
            // The rest of the feed is left for the next pass; the feed's report and health say why.
            return new ReadEnd(String.valueOf(e.getMessage()), null);
        } catch (RuntimeException | Error e) {
            // Ours, or Kafka's: the writer throws it on.
            return new ReadEnd(null, e);
        }
    }

    private boolean fetch() throws InterruptedException {
        Page page;
        boolean draining = trail.draining();
        try {
            handover.pageAsked(Instant.now());
            TooMuch tooMuch = !trail.linked() && pageSize.canShrink() ? TooMuch.GIVES_UP : TooMuch.REPEATS;
            page = http.get(trail.url(), tooMuch, this::page);
        } catch (UpstreamException e) {
            return anotherWay(e);
        }
        boolean more = trail.passed(page.info(), page.sieve());
        pageSize.pageArrived();
        // The count of a drain is not the feed's.
        handover.pageEnd(draining ? page.info().withoutCount() : page.info(), trail.state());
        return more;
    }

    private boolean probe() throws InterruptedException {
        try {
            PageInfo answer = http.get(
                    trail.url(), TooMuch.REPEATS, body -> parser(ignored -> {}).read(body.byteStream()));
            trail.probed(answer.records() > 0);
        } catch (UpstreamException e) {
            if (e.kind() != Kind.FINAL) {
                throw e;
            }
            // A server that does not take the question: should its clock be finer than printed, repeats will tell.
            trail.probed(false);
        }
        return true;
    }

    /** A page and what was held back of it. */
    private record Page(PageInfo info, PageSieve sieve) {}

    private Page page(ResponseBody body) throws IOException, InterruptedException {
        PageSieve sieve = new PageSieve(trail.state().moment(), handover);
        try {
            return new Page(parser(sieve).read(body.byteStream(), mostBytes()), sieve);
        } catch (IOException | RuntimeException e) {
            handover.pageBroken();
            throw e;
        }
    }

    /** Enough for records that are all as large as they may be; a link's page may be larger than what was asked for. */
    private long mostBytes() {
        return (long) SourceRecord.MOST_VALUE_BYTES * Math.max(LEAST_RECORDS, 2 * pageSize.current());
    }

    private PageParser parser(PageParser.Entries entries) {
        HttpUrl url = trail.url();
        return new PageParser(url.host(), shape, entries);
    }

    /** Whether there is another way to go on after this trouble; throws it on when there is none. */
    private boolean anotherWay(UpstreamException trouble) {
        if (trail.linked() && LINK_GONE.contains(trouble.status()) && trail.linkGone()) {
            return true;
        }
        if (!trail.linked() && trouble.kind() == Kind.TOO_MUCH && pageSize.shrink()) {
            trail.resized();
            return true;
        }
        throw trouble;
    }
}
