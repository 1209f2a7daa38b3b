package com.listingsync.console.trace;

import com.listingsync.common.signal.Signals;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that was read of one key.
 *
 * @param key as it was asked for
 * @param listing the listing it belongs to; the key itself when it is one, or when nothing is known of it
 * @param records the listing's records of all topics
 * @param positions how far processor and sink are
 * @param held what Supabase holds of the rows in question, by {@code table/id}; empty when it was not asked
 * @param supabaseProblem why Supabase could not be asked; empty when it was
 * @param signals what is paused
 * @param unread connections that have the key and that no producer reads now
 * @param leftAside why the sink does not write the listing, as its settings say; empty when it does
 * @param feedProblems by {@code connection/feed}, why its last reading failed, with the time
 */
record Evidence(
        String key,
        String listing,
        List<LogRecord> records,
        Positions positions,
        Map<String, Held> held,
        Optional<String> supabaseProblem,
        Signals signals,
        List<String> unread,
        Optional<String> leftAside,
        Map<String, String> feedProblems) {

    Evidence {
        records = List.copyOf(records);
        held = Map.copyOf(held);
        unread = List.copyOf(unread);
        feedProblems = Map.copyOf(feedProblems);
    }

    /** Whether the key is the listing itself. */
    boolean isListing() {
        return key.equals(listing);
    }
}
