package com.listingsync.processor.rule;

import org.jspecify.annotations.Nullable;

/**
 * Whether a record of the log is to be mapped again. It brings no news: only the very last that was seen of a record may go
 * through a changed mapping, so that nothing newer is ever overwritten, whatever is processed beside it.
 */
public enum Again {
    /** It is the last that was seen, and was mapped otherwise. */
    MAP,
    /** It has been mapped with the present mapping. */
    SAME,
    /** Something else has been seen since: a newer version, other content, a delete. */
    SUPERSEDED,
    /** It has not been processed at all yet, and is about to be. */
    UPCOMING;

    /**
     * Judges a record of the log.
     *
     * @param last the last that was seen of it; null when nothing was
     * @param now what its headers say
     */
    public static Again of(@Nullable Sighting last, Sighting now) {
        if (last == null || now.version() > last.version()) {
            return UPCOMING;
        }
        if (now.version() < last.version() || now.content() == Fingerprint.NONE || now.content() != last.content()) {
            return SUPERSEDED;
        }
        return now.mapping() == last.mapping() ? SAME : MAP;
    }
}
