package com.listingsync.producer.connection;

import java.util.List;

/**
 * One tab of a spreadsheet.
 *
 * @param feed its name as a feed
 * @param title the tab's title in the spreadsheet
 * @param headerRow number of the row that holds the headers, from 1; rows above it are titles and are not read
 * @param keyHeaders headers under which the property number may stand, best first
 * @param linkHeaders headers under which the linked MLS ListingKey may stand, best first; a tab needs none of them
 * @param dateHeaders headers of columns that hold dates
 */
public record SheetTab(
        String feed,
        String title,
        int headerRow,
        List<String> keyHeaders,
        List<String> linkHeaders,
        List<String> dateHeaders) {

    public SheetTab {
        keyHeaders = List.copyOf(keyHeaders);
        linkHeaders = List.copyOf(linkHeaders);
        dateHeaders = List.copyOf(dateHeaders);
        if (feed.isBlank() || title.isBlank() || headerRow < 1 || keyHeaders.isEmpty()) {
            throw new IllegalArgumentException("a tab needs a title, a header row from 1 and a key header");
        }
    }
}
