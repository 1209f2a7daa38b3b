package com.listingsync.producer.connection;

import com.listingsync.common.connection.Section;
import com.listingsync.common.setting.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what is particular to a connection of kind {@code google-sheets}. Confined to one thread. */
final class SpreadsheetSection {

    private static final Duration DEFAULT_FULL_READ = Duration.ofHours(1);
    private static final double DEFAULT_BRAKE_SHARE = 0.5;
    private static final int MAX_HEADER_ROW = 1_000;
    private static final List<String> KEY_HEADERS =
            List.of("property_number", "Property Number", "Property #", "Property No");
    /** The default mapping takes the link from the same headers. */
    private static final List<String> LINK_HEADERS = List.of(
            "mls_listing_key", "listing_key", "ListingKey", "MLS ListingKey", "MLS Listing Key", "MLS Number", "MLS #");

    private final Section section;
    private final Path folder;

    SpreadsheetSection(Section section, Path folder) {
        this.section = section;
        this.folder = folder;
    }

    Spreadsheet read() {
        Optional<URI> sheetsUrl = section.maybeAddress("sheets_url");
        Optional<URI> driveUrl = section.maybeAddress("drive_url");
        return new Spreadsheet(
                section.text("spreadsheet_id"),
                credentials(section.section("auth"), sheetsUrl.isPresent() && driveUrl.isPresent()),
                tabs(),
                // A poll without changes is one of the 60 requests a minute that Google allows (facts.md §2).
                ConnectionSection.polling(section, Polling.OFTEN),
                section.duration("full_read", DEFAULT_FULL_READ),
                section.share("delete_brake", DEFAULT_BRAKE_SHARE),
                sheetsUrl,
                driveUrl);
    }

    private SheetCredentials credentials(Section auth, boolean elsewhere) {
        List<String> ways = new ArrayList<>();
        for (String way : List.of("service_account_file", "service_account_json", "token")) {
            if (auth.has(way)) {
                ways.add(way);
            }
        }
        SheetCredentials read = new SheetCredentials.Anonymous();
        if (ways.size() > 1 || (ways.isEmpty() && !elsewhere)) {
            section.problem("auth", "expected either service_account_file or service_account_json");
        } else if (ways.contains("service_account_file")) {
            read = new SheetCredentials.ServiceAccount(file(auth));
        } else if (ways.contains("service_account_json")) {
            read = new SheetCredentials.ServiceAccount(auth.secret("service_account_json"));
        } else if (ways.contains("token")) {
            read = new SheetCredentials.AccessToken(auth.secret("token"));
        }
        auth.refuseUnknownKeys();
        return read;
    }

    private Secret file(Section auth) {
        String name = auth.text("service_account_file");
        try {
            return new Secret(Files.readString(folder.resolve(name)));
        } catch (IOException | InvalidPathException e) {
            // The file is missing or not readable; whoever wrote the path sees this and mends it.
            auth.problem("service_account_file", "expected a readable file, found none at the path given");
            return new Secret("");
        }
    }

    private List<SheetTab> tabs() {
        List<SheetTab> tabs = new ArrayList<>();
        Set<String> feeds = new HashSet<>();
        for (Section tab : section.sections("tabs")) {
            String title = tab.text("title");
            String feed = tab.maybeText("feed").orElse(title);
            if (!feeds.add(feed)) {
                tab.problem(tab.has("feed") ? "feed" : "title", "is the same as that of a tab above; they must differ");
            }
            tabs.add(new SheetTab(
                    feed,
                    title,
                    tab.maybeNumber("header_row", 1, MAX_HEADER_ROW).orElse(1),
                    tab.texts("key", KEY_HEADERS),
                    tab.texts("link", LINK_HEADERS),
                    tab.texts("dates", List.of())));
            tab.refuseUnknownKeys();
        }
        return tabs;
    }
}
