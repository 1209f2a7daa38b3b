package com.listingsync.processor.rule;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One change of a listing's status.
 *
 * @param listing key of the listing
 * @param from the word before
 * @param to the word now, another than {@code from}
 * @param changedAt when the source says it changed, ISO 8601; empty when it does not say, as when a listing just leaves
 * @param seenAt when the record that says so was fetched
 * @param source who decided
 * @param connection the connection that supplied the record
 * @param action what follows
 * @param sheetRows numbers of the sheet rows that take their status from the listing
 */
public record StatusChange(
        String listing,
        String from,
        String to,
        Optional<String> changedAt,
        Instant seenAt,
        StatusSource source,
        String connection,
        StatusAction action,
        List<String> sheetRows) {

    public StatusChange {
        sheetRows = List.copyOf(sheetRows);
        if (from.equals(to)) {
            throw new IllegalArgumentException("a status change needs two different words");
        }
    }
}
