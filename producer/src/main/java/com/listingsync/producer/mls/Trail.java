package com.listingsync.producer.mls;

import com.listingsync.producer.connection.Paging;
import com.listingsync.producer.upstream.UpstreamException;
import java.time.Instant;
import java.util.Objects;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Where a reading is and where it goes next: is told each page and answers with the next request.
 *
 * <pre>
 *   nextLink given ──> follow it (expired: go on by cursor, or by key within a drain)
 *   none, paging by link ──> end
 *   none, page empty ──> end
 *   none, page with records ──> after the last of them; a short page is not the end (facts.md §1)
 *       clock finer than printed ──> first drain the last printed unit by key
 *       not known, page full ──> first ask whether it is, once for the feed
 * </pre>
 *
 * Confined to the fetching thread.
 */
final class Trail {

    private static final int LINK_RESTARTS = 3;

    private final FeedQuery query;
    private final PageSize pageSize;
    private final Progress progress;
    private final Cursor start;
    private final boolean byLink;
    private ReadState state;
    private HttpUrl url;
    private boolean linked;
    private boolean probing;
    private boolean doubted;
    private int linkRestarts;

    /**
     * @param resume where to go on
     */
    Trail(FeedQuery query, ReadState resume, PageSize pageSize) {
        this.query = query;
        this.pageSize = pageSize;
        this.progress = new Progress(query.feed().name());
        this.start = resume.at();
        this.byLink = query.feed().paging() == Paging.NEXT_LINK;
        boolean drains = query.feed().paging() == Paging.DRAINING_CURSOR;
        LastMoment moment = resume.moment();
        this.state = drains
                ? new ReadState(resume.at(), resume.link(), resume.high(), moment.withGrain(ClockGrain.FINER))
                : resume;
        this.url = query.first(start, pageSize.current());
        String link = resume.link();
        if (link != null) {
            follow(query.root(), link);
        } else if (moment.drain() != null || mustDrainFirst()) {
            byCursor();
        }
    }

    /** The next request. */
    HttpUrl url() {
        return url;
    }

    ReadState state() {
        return state;
    }

    /** Whether the next answer is no page of the feed, but {@link #probed} wants to know whether it has any record. */
    boolean probing() {
        return probing;
    }

    /** Whether the next request is a link that the server gave. */
    boolean linked() {
        return linked;
    }

    /** Whether the next page is one of a drain, in the order of keys. */
    boolean draining() {
        return state.moment().drain() != null;
    }

    /**
     * Takes the page that was asked for.
     *
     * @return whether there is another
     * @throws UpstreamException when the reading makes no progress
     */
    boolean passed(PageInfo page, PageSieve sieve) {
        if (byLink) {
            return passedByLink(page);
        }
        linkRestarts = 0;
        if (draining()) {
            passedOfDrain(page, sieve);
            return true;
        }
        String link = page.nextLink();
        LastMoment moment = sieve.moment(state.at());
        boolean finer = moment.grain() == ClockGrain.FINER;
        Cursor at = page.records() == 0
                ? state.at()
                : link != null ? further(page) : progress.cursor(state.at(), page, finer);
        state = new ReadState(at, null, null, moment);
        if (link != null) {
            progress.link(link, page);
            follow(url, link);
            return true;
        }
        linked = false;
        if (moment.grain() == ClockGrain.UNKNOWN && at.ofRecord() && page.records() >= pageSize.current()) {
            probing = true;
            url = query.probe(at, moment.unit());
        } else if (page.records() > 0) {
            byCursor();
        }
        return page.records() > 0;
    }

    /** Takes the answer to a probe: whether there was a record. */
    void probed(boolean finer) {
        if (!finer && doubts()) {
            return;
        }
        probing = false;
        doubted = false;
        ClockGrain grain = finer ? ClockGrain.FINER : ClockGrain.AS_PRINTED;
        state = new ReadState(state.at(), null, null, state.moment().withGrain(grain));
        byCursor();
    }

    /** Goes on without the link, which the server no longer knows; answers whether that makes sense once more. */
    boolean linkGone() {
        linkRestarts++;
        if (linkRestarts > LINK_RESTARTS) {
            return false;
        }
        if (byLink) {
            state = new ReadState(start, null, state.high(), state.moment());
            linked = false;
            url = query.after(start, pageSize.current());
        } else {
            byCursor();
        }
        return true;
    }

    /** Asks for the same with the page size of now. */
    void resized() {
        Drain drain = state.moment().drain();
        url = drain == null ? query.after(state.at(), pageSize.current()) : query.drain(drain, pageSize.current());
    }

    /** Goes on after the last record, by way of a drain where one is under way or needed. */
    private void byCursor() {
        linked = false;
        LastMoment moment = state.moment();
        if (moment.drain() == null && mustDrainFirst()) {
            Drain drain = Drain.around(state.at(), moment.unit(), Instant.parse(moment.floor()));
            state = new ReadState(state.at(), null, null, moment.draining(drain));
        }
        resized();
    }

    private boolean mustDrainFirst() {
        return !byLink
                && state.moment().grain() == ClockGrain.FINER
                && state.at().ofRecord();
    }

    private void passedOfDrain(PageInfo page, PageSieve sieve) {
        Drain drain = Objects.requireNonNull(state.moment().drain(), "drain");
        String link = page.nextLink();
        Long left = page.count();
        boolean all = left != null && page.records() >= left && page.records() < pageSize.current();
        if (link == null && (all || page.records() == 0)) {
            if (all || !doubts()) {
                state = new ReadState(drain.end(), null, null, state.moment().drained(drain));
            }
            byCursor();
            return;
        }
        doubted = false;
        Drain after = page.records() == 0
                ? drain
                : progress.drain(
                        drain, page, sieve.liesWithin(drain, state.moment().unit()));
        state = new ReadState(state.at(), null, null, state.moment().draining(after));
        if (link == null) {
            byCursor();
        } else {
            progress.link(link, page);
            follow(url, link);
        }
    }

    private boolean passedByLink(PageInfo page) {
        String link = page.nextLink();
        String high = high(page);
        if (link == null && linked && page.records() == 0 && doubts()) {
            return true;
        }
        doubted = false;
        if (link == null) {
            Cursor end = high == null ? state.at() : new Cursor(high, Cursor.FIRST.key());
            state = new ReadState(end, null, null, state.moment());
            return false;
        }
        progress.link(link, page);
        follow(url, link);
        state = new ReadState(state.at(), url.toString(), high, state.moment());
        return true;
    }

    /**
     * Whether an empty answer is asked for once more: where it would move the clock past records that were not read, an
     * outage must not look like an end (facts.md §1).
     */
    private boolean doubts() {
        doubted = !doubted;
        return doubted;
    }

    private void follow(HttpUrl from, String link) {
        url = NextLink.resolve(from, link);
        linked = true;
    }

    /** The link leads on by itself, so a page that can't move the cursor is no trouble. */
    private Cursor further(PageInfo page) {
        Cursor last = page.last();
        return last == null || last.isBefore(state.at()) ? state.at() : last;
    }

    private @Nullable String high(PageInfo page) {
        String before = state.high();
        Cursor highest = page.highest();
        if (highest == null) {
            return before;
        }
        Instant held = before == null ? Instant.MIN : SourceTime.parse(before).orElse(Instant.MIN);
        return highest.instant().isAfter(held) ? highest.timestamp() : before;
    }
}
