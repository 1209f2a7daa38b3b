package com.listingsync.producer.mls;

import com.listingsync.producer.upstream.UpstreamException;
import com.listingsync.producer.upstream.UpstreamException.Kind;
import java.util.HashSet;
import java.util.Set;

/**
 * Sees to it that a reading gets somewhere: a page that brings nothing new and moves nothing is an error that says
 * where, not a loop (facts.md §1: servers that store finer time than they print, and servers that repeat a link).
 * Confined to one thread.
 */
final class Progress {

    /** Pages without a record that a chain of links may have, as when a server filters after paging. */
    private static final int EMPTY_PAGES = 100;

    private final String feed;
    private final Set<String> links = new HashSet<>();
    private int emptyPages;

    Progress(String feed) {
        this.feed = feed;
    }

    /**
     * Judges a page that was asked for by cursor and whose successor will be too.
     *
     * @param drained whether the last printed unit of the page is drained before the next one, which moves on by itself
     * @return where the page ends
     * @throws UpstreamException when it is not ahead of {@code before}
     */
    Cursor cursor(Cursor before, PageInfo page, boolean drained) {
        Cursor last = lastOf(page, before.timestamp());
        if (last.isBefore(before)) {
            throw stuck("the page after " + before.timestamp() + " ends earlier, at " + last.timestamp()
                    + ": the server does not sort by the clock");
        }
        if (!drained && last.key().equals(before.key()) && last.instant().equals(before.instant())) {
            throw stuck("the page after " + before.timestamp() + " ends where it began: the server repeats itself");
        }
        return last;
    }

    /**
     * Judges a page of a drain.
     *
     * @param within whether it holds nothing from far outside the drain
     * @return the drain after it
     * @throws UpstreamException when it holds what was not asked for, or what was read before
     */
    Drain drain(Drain before, PageInfo page, boolean within) {
        Cursor last = lastOf(page, before.from());
        if (!within || last.key().equals(before.key())) {
            throw stuck("asked by key for what lies from " + before.from() + " to before " + before.to()
                    + ", the server gives other records, or the same again");
        }
        return before.after(last.key());
    }

    private Cursor lastOf(PageInfo page, String after) {
        Cursor last = page.last();
        if (last == null) {
            throw stuck("none of the " + page.records() + " records after " + after
                    + " has the key and clock that the next page is asked for by");
        }
        return last;
    }

    /**
     * Judges a link to the next page.
     *
     * @throws UpstreamException when it was followed before, or leads from one empty page to the next for ever
     */
    void link(String link, PageInfo page) {
        emptyPages = page.records() == 0 ? emptyPages + 1 : 0;
        if (emptyPages > EMPTY_PAGES) {
            throw stuck("more than " + EMPTY_PAGES + " empty pages in a row, each with a nextLink");
        }
        if (!links.add(link)) {
            throw stuck("a nextLink leads back to a page that was read before");
        }
    }

    private UpstreamException stuck(String where) {
        return new UpstreamException(Kind.FINAL, "feed " + feed + " makes no progress: " + where, null);
    }
}
