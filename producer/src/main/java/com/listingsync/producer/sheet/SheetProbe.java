package com.listingsync.producer.sheet;

import com.listingsync.common.meter.Meters;
import com.listingsync.producer.connection.SheetTab;
import com.listingsync.producer.connection.Spreadsheet;
import com.listingsync.producer.source.Observation;
import com.listingsync.producer.upstream.Guard;
import com.listingsync.producer.upstream.UpstreamException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a spreadsheet shows to two requests: its tabs, and where their headers stand. Stateless. */
public final class SheetProbe {

    private SheetProbe() {}

    /** Two requests, none repeated. */
    public static List<Observation> of(String connection, Spreadsheet spreadsheet, Guard guard, Meters meters)
            throws InterruptedException {
        List<Observation> seen = new ArrayList<>();
        GoogleSheets google = new GoogleSheets(connection, spreadsheet, guard, meters);
        try {
            SpreadsheetLayout layout = google.layout();
            seen.add(Observation.good("token", "accepted; times are in " + layout.zone()));
            List<SheetTab> there = new ArrayList<>();
            for (SheetTab tab : spreadsheet.tabs()) {
                if (layout.tabs().contains(tab.title())) {
                    there.add(tab);
                } else {
                    seen.add(Observation.bad(
                            tab.feed(),
                            "there is no tab '" + tab.title() + "'; there are " + String.join(", ", layout.tabs()),
                            "mend the tab's title in the connections file, or in the spreadsheet"));
                }
            }
            if (!there.isEmpty()) {
                Map<String, List<List<Object>>> values = google.values(there);
                there.forEach(tab -> seen.add(headers(tab, values.getOrDefault(tab.feed(), List.of()))));
            }
        } catch (UpstreamException e) {
            // Said as it is: it names what Google refused, and never a secret.
            seen.add(Observation.bad(
                    e.kind() == UpstreamException.Kind.UNAUTHORIZED ? "token" : "spreadsheet",
                    String.valueOf(e.getMessage()),
                    "check the id and the credentials of connection " + connection
                            + ", and that the spreadsheet is shared with the service account"));
        }
        return seen;
    }

    private static Observation headers(SheetTab tab, List<List<Object>> cells) {
        try {
            HeaderRow row = HeaderRow.of(tab, cells);
            return Observation.good(
                    tab.feed(),
                    "headers in row " + (row.index() + 1) + ", " + (cells.size() - row.index() - 1) + " rows below");
        } catch (HeaderRow.MissingException e) {
            // Told to the person who can mend the tab.
            return Observation.bad(
                    tab.feed(),
                    "tab '" + tab.title() + "' " + e.getMessage(),
                    "mend the headers, or header_row and key");
        }
    }
}
