package com.listingsync.producer.connection;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * A Google spreadsheet.
 *
 * @param id the long id in its address
 * @param credentials who reads it
 * @param tabs what to read of it, in the order in which a later one wins; at least one
 * @param polling how often it is read on schedule; all tabs are one request
 * @param fullRead time after which the tabs are read although Drive reports no change: formulas can change cells
 *     without one (facts.md §2)
 * @param brakeShare a pass that would delete more than this share of a tab's known rows deletes none; 0 to 1
 * @param sheetsUrl root of the Sheets API; empty for Google's own
 * @param driveUrl root of the Drive API; empty for Google's own
 */
public record Spreadsheet(
        String id,
        SheetCredentials credentials,
        List<SheetTab> tabs,
        Polling polling,
        Duration fullRead,
        double brakeShare,
        Optional<URI> sheetsUrl,
        Optional<URI> driveUrl)
        implements Source {

    public Spreadsheet {
        Objects.requireNonNull(credentials, "credentials");
        Objects.requireNonNull(polling, "polling");
        Objects.requireNonNull(sheetsUrl, "sheetsUrl");
        Objects.requireNonNull(driveUrl, "driveUrl");
        tabs = List.copyOf(tabs);
        if (brakeShare < 0 || brakeShare > 1) {
            throw new IllegalArgumentException("the brake's share is between 0 and 1");
        }
    }

    @Override
    public <T> T fold(Function<MlsAccount, T> mls, Function<Spreadsheet, T> spreadsheet) {
        return spreadsheet.apply(this);
    }
}
