package com.listingsync.producer.connection;

import com.listingsync.common.connection.Section;
import com.listingsync.common.event.Link;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private static final Map<String, Link> LINK_BY =
            Map.of("listing_key", Link.LISTING_KEY, "listing_id", Link.LISTING_ID);

    private final Section section;
    private final Path folder;
    private final String name;

    SpreadsheetSection(Section section, Path folder, String name) {
        this.section = section;
        this.folder = folder;
        this.name = name;
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
        } else if (ways.contains("token")) {
            read = new SheetCredentials.AccessToken(auth.token("token"));
        } else if (!ways.isEmpty()) {
            read = serviceAccount(auth, ways.get(0)).orElse(read);
        }
        auth.refuseUnknownKeys();
        return read;
    }

    private Optional<SheetCredentials> serviceAccount(Section auth, String way) {
        int before = section.problemCount();
        String text = auth.text(way);
        if (section.problemCount() > before) {
            return Optional.empty();
        }
        try {
            String json = way.equals("service_account_file") ? Files.readString(folder.resolve(text)) : text;
            return Optional.of(new SheetCredentials.ServiceAccount(ServiceAccountKey.of(json)));
        } catch (IOException | InvalidPathException e) {
            // The file is missing, not readable or not text; whoever wrote the path sees this and mends it.
            auth.problem(way, "expected a readable file, found none at the path given (connection " + name + ")");
        } catch (IllegalArgumentException e) {
            // Not a key file; the message says how, and nothing of what is in it.
            auth.problem(way, e.getMessage() + " (connection " + name + ")");
        }
        return Optional.empty();
    }

    private List<SheetTab> tabs() {
        List<SheetTab> tabs = new ArrayList<>();
        Set<String> feeds = new HashSet<>();
        Set<String> titles = new HashSet<>();
        for (Section tab : section.sections("tabs")) {
            String title = tab.text("title");
            String feed = tab.maybeText("feed").orElse(title);
            if (!titles.add(title)) {
                tab.problem("title", "is the same as that of a tab above; a tab is read once");
            } else if (!feeds.add(feed)) {
                tab.problem("feed", "is the same as that of a tab above; they must differ");
            }
            tabs.add(new SheetTab(
                    feed,
                    title,
                    tab.maybeNumber("header_row", 1, MAX_HEADER_ROW),
                    columns(tab),
                    tab.oneOf("formula_errors", FormulaErrors.byName()).orElse(FormulaErrors.REFUSE)));
            tab.refuseUnknownKeys();
        }
        return tabs;
    }

    private static SheetColumns columns(Section tab) {
        return new SheetColumns(
                tab.texts("key", KEY_HEADERS),
                tab.texts("link", LINK_HEADERS),
                tab.oneOf("link_by", LINK_BY).orElse(Link.LISTING_KEY),
                tab.texts("dates", List.of()),
                tab.texts("times", List.of()),
                tab.texts("ignore", List.of()),
                aliases(tab.section("columns")));
    }

    private static Map<String, List<String>> aliases(Section columns) {
        Map<String, List<String>> aliases = new LinkedHashMap<>();
        for (String field : columns.keys()) {
            aliases.put(field, columns.texts(field, List.of(field)));
        }
        return aliases;
    }
}
