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
     * @return where the next page begins
     * @throws UpstreamException when it is not ahead of {@code before}
     */
    Cursor cursor(Cursor before, PageInfo page) {
        Cursor last = page.last();
        if (last == null) {
            throw stuck("none of the " + page.records() + " records after " + before.timestamp()
                    + " has the key and clock that the next page is asked for by");
        }
        if (last.isBefore(before)) {
            throw stuck("the page after " + before.timestamp() + " ends earlier, at " + last.timestamp()
                    + ": the server does not sort by the clock");
        }
        if (last.key().equals(before.key()) && last.instant().equals(before.instant())) {
            throw stuck("the page after " + before.timestamp() + " ends where it began: the server repeats itself,"
                    + " or stores finer time than it prints; try 'paging: next-link'");
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
