package com.listingsync.producer.mls;

import com.listingsync.producer.connection.Paging;
import com.listingsync.producer.upstream.UpstreamException;
import com.listingsync.producer.upstream.UpstreamException.Kind;
import com.listingsync.producer.upstream.UpstreamHttp;
import java.time.Instant;
import java.util.Set;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Reads a feed page by page to its end and hands it over. Decides after each page where the next one is:
 *
 * <pre>
 *   nextLink given ──> follow it (expired: go on by cursor)
 *   none, paging by link ──> end
 *   none, page empty ──> end
 *   none, page with records ──> after the last of them; a short page is not the end (facts.md §1)
 * </pre>
 *
 * Confined to the fetching thread.
 */
final class PageFetcher implements Runnable {

    /** Answers to a nextLink that has expired or was forgotten by a restart of the server. */
    private static final Set<Integer> LINK_GONE = Set.of(400, 404, 410);

    private static final int LINK_RESTARTS = 3;

    private final UpstreamHttp http;
    private final FeedQuery query;
    private final RecordShape shape;
    private final Handover handover;
    private final Progress progress;
    private final PageSize pageSize;
    private final Cursor start;
    private final boolean byLink;
    private ReadState state;
    private HttpUrl url;
    private boolean linked;
    private int linkRestarts;

    /**
     * @param resume where to go on
     */
    PageFetcher(UpstreamHttp http, FeedQuery query, ReadState resume, PageSize pageSize, Handover handover) {
        this.http = http;
        this.query = query;
        this.shape = new RecordShape(query.feed());
        this.handover = handover;
        this.progress = new Progress(query.feed().name());
        this.pageSize = pageSize;
        this.byLink = query.feed().paging() == Paging.NEXT_LINK;
        this.start = resume.at();
        this.state = resume;
        this.url = query.first(start, pageSize.current());
        String link = resume.link();
        if (link != null) {
            this.linked = true;
            this.url = NextLink.resolve(query.root(), link);
        }
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
            while (fetch()) {
                // Every page decides whether there is another.
            }
            return ReadEnd.WELL;
        } catch (UpstreamException e) {
            // The rest of the feed is left for the next pass; the feed's report and health say why.
            return new ReadEnd(String.valueOf(e.getMessage()), null);
        } catch (RuntimeException | Error e) {
            // Ours: the writer throws it on.
            return new ReadEnd(null, e);
        }
    }

    private boolean fetch() throws InterruptedException {
        PageInfo page;
        try {
            page = http.get(url, body -> {
                try {
                    return new PageParser(url.host(), shape, handover).read(body.byteStream());
                } catch (java.io.IOException | RuntimeException e) {
                    handover.pageBroken();
                    throw e;
                }
            });
        } catch (UpstreamException e) {
            return anotherWay(e);
        }
        pageSize.pageArrived();
        boolean more = advance(page);
        handover.pageEnd(page, state);
        return more;
    }

    /** Whether there is another way to go on after this trouble; throws it on when there is none. */
    private boolean anotherWay(UpstreamException trouble) {
        if (linked && LINK_GONE.contains(trouble.status()) && linkRestarts < LINK_RESTARTS) {
            linkRestarts++;
            restartByCursor();
            return true;
        }
        if (!linked && trouble.kind() == Kind.TOO_MUCH && pageSize.shrink()) {
            url = query.after(state.at(), pageSize.current());
            return true;
        }
        throw trouble;
    }

    private void restartByCursor() {
        linked = false;
        state = new ReadState(byLink ? start : state.at(), null, state.high());
        url = query.after(state.at(), pageSize.current());
    }

    private boolean advance(PageInfo page) {
        String link = page.nextLink();
        Cursor at = byLink || page.records() == 0 ? state.at() : lastOf(page, link != null);
        if (link != null) {
            progress.link(link, page);
            url = NextLink.resolve(url, link);
            linked = true;
            state = new ReadState(at, byLink ? url.toString() : null, high(page));
            return true;
        }
        if (byLink) {
            state = new ReadState(finished(page), null, null);
            return false;
        }
        linked = false;
        state = new ReadState(at, null, null);
        url = query.after(at, pageSize.current());
        return page.records() > 0;
    }

    private Cursor lastOf(PageInfo page, boolean linkGiven) {
        if (!linkGiven) {
            return progress.cursor(state.at(), page);
        }
        // The link leads on by itself, so a page that can't move the cursor is no trouble.
        Cursor last = page.last();
        return last == null || last.isBefore(state.at()) ? state.at() : last;
    }

    private @Nullable String high(PageInfo page) {
        if (!byLink) {
            return null;
        }
        String before = state.high();
        Cursor highest = page.highest();
        if (highest == null) {
            return before;
        }
        Instant held = before == null ? Instant.MIN : SourceTime.parse(before).orElse(Instant.MIN);
        return highest.instant().isAfter(held) ? highest.timestamp() : before;
    }

    private Cursor finished(PageInfo page) {
        String high = high(page);
        return high == null ? state.at() : new Cursor(high, Cursor.FIRST.key());
    }
}
