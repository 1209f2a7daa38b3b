package com.listingsync.producer.sheet;

import java.time.ZoneId;
import java.util.List;

/**
 * What a spreadsheet says of itself.
 *
 * @param zone in which its dates are meant
 * @param tabs titles of its tabs that have cells, in their order; charts on tabs of their own are not among them
 */
record SpreadsheetLayout(ZoneId zone, List<String> tabs) {

    SpreadsheetLayout {
        tabs = List.copyOf(tabs);
    }
}
