package com.listingsync.embedded.world;

import java.time.Instant;
import java.util.List;

/**
 * The spreadsheet's first tab at one moment.
 *
 * @param header names in row 1; some are empty, repeated or not Latin
 * @param rows from row 2 on
 * @param version grows with every change
 */
public record SheetSnapshot(List<String> header, List<SheetRow> rows, long version, Instant modified) {
    public SheetSnapshot {
        header = List.copyOf(header);
        rows = List.copyOf(rows);
    }
}
