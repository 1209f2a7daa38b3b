package com.listingsync.embedded.sheets;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.embedded.upstream.Faults;
import com.listingsync.embedded.upstream.LoopbackServer;
import com.listingsync.embedded.upstream.Reply;
import com.listingsync.embedded.upstream.Request;
import com.listingsync.embedded.world.SampleWorld;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Google Sheets and Drive on loopback with one spreadsheet, the sample world's. Set {@link #uri} as root URL of Google's
 * clients, and give them {@link #serviceAccountJson} for credentials. Thread-safe.
 */
public final class SampleSheets implements AutoCloseable {
    private static final String SPREADSHEETS = "/v4/spreadsheets/";
    private static final String FILES = "/drive/v3/files/";
    private static final String TOKEN = "/token";
    private static final int THREADS = 4;
    private static final String SPREADSHEET_ID = "1SampleListingsSheet0000000000000000000000000";

    private final LoopbackServer server;
    private final SheetsGate gate;
    private final HandmadeTabs handmade = new HandmadeTabs();
    private final Spreadsheet spreadsheet;

    /** Binds the port; {@link #start} answers. */
    public SampleSheets(SampleWorld world, SheetsOptions options) {
        server = new LoopbackServer("sample Sheets", options.host(), options.port(), THREADS, this::answer);
        gate = new SheetsGate(tokenUri(), options);
        spreadsheet = new Spreadsheet(SPREADSHEET_ID, world, handmade);
    }

    public SampleSheets start() {
        server.start();
        return this;
    }

    /** Root of both services, with a slash at its end as Google's clients want it. */
    public URI uri() {
        return server.uri().resolve("/");
    }

    public URI tokenUri() {
        return server.uri().resolve(TOKEN);
    }

    /** The same in every run, so that it can stand in a connections file. */
    public String spreadsheetId() {
        return SPREADSHEET_ID;
    }

    /** The title of the tab with the listings. */
    public String tab() {
        return "Listings";
    }

    /** Text of a service-account key file, whose token address is this server's. */
    public String serviceAccountJson() {
        return gate.keyFile();
    }

    /**
     * Adds a tab, or replaces one added before.
     *
     * @param rows from row 1 on; cells are String, Number, Boolean, LocalDate, LocalDateTime, null or a {@link
     *     com.listingsync.embedded.world.Cell}. A formula that fails shows as its error, such as {@code #REF!}
     */
    public void putTab(String title, List<? extends List<?>> rows) {
        handmade.put(title, rows);
    }

    /** Replaces the cells of a tab added before as a formula does: neither version nor time of the file move (facts.md §2). */
    public void recalculateTab(String title, List<? extends List<?>> rows) {
        handmade.recalculate(title, rows);
    }

    /** Renames a tab added before. */
    public void renameTab(String title, String newTitle) {
        handmade.rename(title, newTitle);
    }

    /** Removes a tab added before. */
    public void removeTab(String title) {
        handmade.remove(title);
    }

    /** Sets the spreadsheet's time zone, America/Toronto at first. */
    public void timeZone(String name) {
        spreadsheet.timeZone(name);
    }

    /** Takes the spreadsheet from the service account, which answers 403 from then on. */
    public void unshare() {
        gate.share(false);
    }

    public void share() {
        gate.share(true);
    }

    /** Ends every token that was issued. */
    public void revokeIssuedTokens() {
        gate.revokeIssuedTokens();
    }

    public Faults faults() {
        return server.faults();
    }

    public long requestCount() {
        return server.requestCount();
    }

    @Override
    public void close() {
        server.close();
    }

    private Reply answer(Request request) {
        if (request.path().equals(TOKEN)) {
            return gate.issue(request);
        }
        try {
            return Reply.json(200, document(request).toString());
        } catch (GoogleRefusal refusal) {
            // Nothing is lost: the client is told what it did wrong.
            return refusal.reply();
        }
    }

    private JsonNode document(Request request) throws GoogleRefusal {
        String path = request.path();
        if (!request.method().equals("GET")) {
            throw GoogleRefusal.unimplemented(request.method());
        }
        if (path.startsWith(FILES)) {
            gate.admit(request, SheetsGate.DRIVE_SCOPES, SPREADSHEET_ID);
            check(path.substring(FILES.length()));
            return masked(request, spreadsheet.file(), Spreadsheet.FILE_FIELDS, Spreadsheet.FILE_DEFAULT_FIELDS);
        }
        if (!path.startsWith(SPREADSHEETS)) {
            throw GoogleRefusal.notFound();
        }
        gate.admit(request, SheetsGate.SHEETS_SCOPES, SPREADSHEET_ID);
        gate.count();
        String rest = path.substring(SPREADSHEETS.length());
        int values = rest.indexOf("/values");
        check(values < 0 ? rest : rest.substring(0, values));
        return values < 0 ? properties(request) : values(request, rest.substring(values + "/values".length()));
    }

    private JsonNode properties(Request request) throws GoogleRefusal {
        if (Request.first(request.parameters(), "includeGridData").equals(Optional.of("true"))) {
            throw GoogleRefusal.unimplemented("includeGridData");
        }
        return masked(request, spreadsheet.properties(), Spreadsheet.PROPERTIES_FIELDS, "*");
    }

    /** @param rest what follows {@code /values} in the path */
    private JsonNode values(Request request, String rest) throws GoogleRefusal {
        Map<String, List<String>> parameters = request.parameters();
        if (rest.equals(":batchGet")) {
            List<String> ranges = parameters.getOrDefault("ranges", List.of());
            return masked(
                    request, spreadsheet.batch(ranges, ValueRequest.of(parameters)), Spreadsheet.BATCH_FIELDS, "*");
        }
        if (!rest.startsWith("/")) {
            throw GoogleRefusal.notFound();
        }
        String range = URLDecoder.decode(rest.substring(1).replace("+", "%2B"), StandardCharsets.UTF_8);
        return masked(request, spreadsheet.values(range, ValueRequest.of(parameters)), Spreadsheet.VALUES_FIELDS, "*");
    }

    private static void check(String id) throws GoogleRefusal {
        if (!id.equals(SPREADSHEET_ID)) {
            throw GoogleRefusal.notFound();
        }
    }

    private static JsonNode masked(Request request, JsonNode document, Set<String> known, String otherwise)
            throws GoogleRefusal {
        String fields = Request.first(request.parameters(), "fields").orElse(otherwise);
        return FieldMask.parse(fields, known).apply(document);
    }
}
