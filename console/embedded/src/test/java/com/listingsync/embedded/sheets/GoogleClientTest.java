package com.listingsync.embedded.sheets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.drive.Drive;
import com.google.api.services.drive.model.File;
import com.google.api.services.sheets.v4.Sheets;
import com.google.api.services.sheets.v4.model.BatchGetValuesResponse;
import com.google.api.services.sheets.v4.model.Sheet;
import com.google.api.services.sheets.v4.model.Spreadsheet;
import com.google.api.services.sheets.v4.model.ValueRange;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.GoogleCredentials;
import com.listingsync.embedded.upstream.Fault;
import com.listingsync.embedded.world.Cell;
import com.listingsync.embedded.world.SampleWorld;
import com.listingsync.embedded.world.SettableClock;
import com.listingsync.embedded.world.WorldPlan;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The sample spreadsheet as Google's own Java clients see it. */
class GoogleClientTest {
    private static final String READ_SHEETS = "https://www.googleapis.com/auth/spreadsheets.readonly";
    private static final String READ_DRIVE = "https://www.googleapis.com/auth/drive.metadata.readonly";

    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-10T12:00:00Z"));
    private final SampleWorld world = SampleWorld.generate(WorldPlan.of(9, 50).withClock(clock));
    private SampleSheets server =
            new SampleSheets(world, SheetsOptions.defaults().withSharedKey().withClock(clock));

    @BeforeEach
    void startWithThreeRows() {
        server.start();
        world.clearSheet();
        world.addSheetRow(
                "AA13226",
                Map.of(
                        "Price",
                        1_249_000,
                        "Beds",
                        3,
                        "Baths",
                        2.5,
                        "备注",
                        "看房请预约",
                        "Listed On",
                        LocalDate.of(2026, 3, 4),
                        "Last Contact",
                        LocalDateTime.of(2026, 3, 5, 18, 0),
                        "Featured",
                        true));
        world.addSheetRow("AA13227", Map.of("City", "Ajax"));
    }

    @AfterEach
    void stop() {
        server.close();
        server.close();
    }

    @Test
    void tellsTitleZoneLocaleAndTabs() throws IOException {
        Spreadsheet spreadsheet =
                sheets(READ_SHEETS).spreadsheets().get(server.spreadsheetId()).execute();

        assertThat(spreadsheet.getProperties().getTimeZone()).isEqualTo("America/Toronto");
        assertThat(spreadsheet.getProperties().getLocale()).isEqualTo("en_CA");
        assertThat(spreadsheet.getSheets())
                .extracting(sheet -> sheet.getProperties().getTitle())
                .containsExactly("Listings", "Read me", "Empty");
        Sheet first = spreadsheet.getSheets().get(0);
        assertThat(first.getProperties().getGridProperties().getRowCount()).isEqualTo(1_000);
    }

    @Test
    void givesValuesAsNumbersBooleansAndSerialDays() throws IOException {
        List<List<Object>> rows = values("Listings", "UNFORMATTED_VALUE");

        assertThat(rows.get(0).subList(0, 3)).containsExactly("Property Number", "Status", "Address");
        assertThat(rows.get(0).get(8)).isEqualTo("");
        assertThat(rows.get(1).subList(4, 7))
                .containsExactly(new BigDecimal("1249000"), new BigDecimal("3"), new BigDecimal("2.5"));
        assertThat(rows.get(1).get(9)).isEqualTo("看房请预约");
        assertThat(rows.get(1).get(10)).isEqualTo(new BigDecimal("46085"));
        assertThat(rows.get(1).get(11)).isEqualTo(new BigDecimal("46086.75"));
        assertThat(rows.get(1).get(15)).isEqualTo(true);
    }

    @Test
    void leavesOutWhatIsEmptyAtTheEnd() throws IOException {
        assertThat(values("Listings", "UNFORMATTED_VALUE"))
                .hasSize(3)
                .extracting(List::size)
                .containsExactly(18, 16, 4);
        assertThat(values("Empty", "UNFORMATTED_VALUE")).isNull();
        assertThat(values("'Read me'!A1:Z", "UNFORMATTED_VALUE"))
                .hasSize(3)
                .element(1)
                .isEqualTo(List.of());
    }

    @Test
    void formatsValuesForPeople() throws IOException {
        world.editSheetRow("AA13226", "Price", new Cell.Amount(new BigDecimal("1249000"), Cell.Format.DOLLARS));

        List<Object> row = values("Listings!A2:P2", "FORMATTED_VALUE").get(0);

        assertThat(row.get(4)).isEqualTo("$1,249,000");
        assertThat(row.get(10)).isEqualTo("2026-03-04");
        assertThat(row.get(11)).isEqualTo("2026-03-05 18:00:00");
        assertThat(row.get(15)).isEqualTo("TRUE");
    }

    @Test
    void showsFormulasWhenAskedFor() throws IOException {
        world.editSheetRow("AA13226", "Commission", 0.025);
        world.editSheetRow("AA13226", "Commission Amount", new Cell.Product(4, 16));

        assertThat(values("R2", "FORMULA").get(0).get(0)).isEqualTo("=E2*Q2");
        assertThat(values("R2", "UNFORMATTED_VALUE").get(0).get(0)).isEqualTo(new BigDecimal("31225"));
        assertThat(values("R2", "FORMATTED_VALUE").get(0).get(0)).isEqualTo("$31,225");
    }

    @Test
    void givesDatesAsTextAndColumnsWhenAskedFor() throws IOException {
        ValueRange range = sheets(READ_SHEETS)
                .spreadsheets()
                .values()
                .get(server.spreadsheetId(), "Listings!K1:K3")
                .setValueRenderOption("UNFORMATTED_VALUE")
                .setDateTimeRenderOption("FORMATTED_STRING")
                .setMajorDimension("COLUMNS")
                .execute();

        assertThat(range.getValues()).isEqualTo(List.of(List.of("Listed On", "2026-03-04")));
        assertThat(range.getMajorDimension()).isEqualTo("COLUMNS");
    }

    @Test
    void readsManyRangesAtOnce() throws IOException {
        BatchGetValuesResponse response = sheets(READ_SHEETS)
                .spreadsheets()
                .values()
                .batchGet(server.spreadsheetId())
                .setRanges(List.of("'Listings'!A1:Z", "A2:A3", "Listings!1:1", "Listings!A:A", "Empty"))
                .execute();

        assertThat(response.getValueRanges())
                .extracting(ValueRange::getRange)
                .containsExactly(
                        "Listings!A1:Z1000", "Listings!A2:A3", "Listings!A1:Z1", "Listings!A1:A1000", "Empty!A1:Z100");
        assertThat(response.getValueRanges().get(1).getValues())
                .isEqualTo(List.of(List.of("AA13226"), List.of("AA13227")));
    }

    @Test
    void growsTheFilesVersionWithEveryChange() throws IOException {
        File before = file(READ_DRIVE, "modifiedTime,version");
        clock.advance(Duration.ofMinutes(3));
        world.editSheetRow("AA13227", "City", "Whitby");

        File after = file(READ_DRIVE, "modifiedTime,version");

        assertThat(after.getVersion()).isEqualTo(before.getVersion() + 1);
        assertThat(after.getModifiedTime().toStringRfc3339()).isEqualTo("2026-03-10T12:03:00.000Z");
        assertThat(after.getName()).isNull();
    }

    @Test
    void refusesInGooglesWords() {
        assertRefused(400, "Unable to parse range: Nowhere!A1", () -> values("Nowhere!A1", "FORMULA"));
        assertRefused(
                400,
                "Range (Listings!A1:AB9) exceeds grid limits. Max rows: 1000, max columns: 26",
                () -> values("Listings!A1:AB9", "FORMULA"));
        assertRefused(400, "Invalid value at 'valueRenderOption': \"PRETTY\"", () -> values("A1", "PRETTY"));
        assertRefused(400, "Invalid field selection colour", () -> file(READ_DRIVE, "colour"));
        assertRefused(
                404,
                "Requested entity was not found.",
                () -> sheets(READ_SHEETS).spreadsheets().get("other").execute());
        assertRefused(403, "Request had insufficient authentication scopes.", () -> file(READ_SHEETS, "version"));
    }

    @Test
    void refusesStrangersAsGoogleDoes() {
        server.unshare();

        assertRefused(403, "The caller does not have permission", () -> values("A1", "FORMULA"));
        assertRefused(404, "File not found: " + server.spreadsheetId() + ".", () -> file(READ_DRIVE, "version"));
    }

    @Test
    void showsTabsMadeByHandAndCountsTheirChanges() throws IOException {
        long before = file(READ_DRIVE, "version").getVersion();

        server.putTab("It's mine", List.of(List.of("Key", "Day"), List.of(), List.of("1", LocalDate.of(2026, 3, 4))));
        server.renameTab("It's mine", "Mine");
        server.timeZone("Asia/Kolkata");
        long changed = file(READ_DRIVE, "version").getVersion();
        server.recalculateTab("Mine", List.of(List.of("Key"), List.of("#REF!")));

        assertThat(changed - before).isEqualTo(2);
        assertThat(file(READ_DRIVE, "version").getVersion()).isEqualTo(changed);
        assertThat(values("Mine", "UNFORMATTED_VALUE")).containsExactly(List.of("Key"), List.of("#REF!"));
        assertThat(sheets(READ_SHEETS)
                        .spreadsheets()
                        .get(server.spreadsheetId())
                        .execute()
                        .getProperties()
                        .getTimeZone())
                .isEqualTo("Asia/Kolkata");
        server.removeTab("Mine");
        assertRefused(400, "Unable to parse range: Mine", () -> values("Mine", "UNFORMATTED_VALUE"));
    }

    @Test
    void endsTokensAfterTheirLifetime() throws IOException {
        Sheets sheets = sheets(READ_SHEETS);
        sheets.spreadsheets().get(server.spreadsheetId()).execute();
        long before = server.requestCount();

        clock.advance(Duration.ofHours(1));
        sheets.spreadsheets().get(server.spreadsheetId()).execute();

        // Refused, a new token, and again: Google's credentials refresh once after a 401.
        assertThat(server.requestCount() - before).isEqualTo(3);
    }

    @Test
    void refusesAssertionsThatAreSignedByAnotherKey() throws IOException {
        try (SampleSheets other = new SampleSheets(world, SheetsOptions.defaults())) {
            String key = other.serviceAccountJson()
                    .replace(other.tokenUri().toString(), server.tokenUri().toString());
            Sheets sheets = sheets(key, READ_SHEETS);

            assertThatThrownBy(() ->
                            sheets.spreadsheets().get(server.spreadsheetId()).execute())
                    .hasMessageContaining("400 Bad Request")
                    .hasStackTraceContaining("invalid_grant");
        }
    }

    @Test
    void limitsReads() throws IOException {
        server.close();
        server = new SampleSheets(
                world, SheetsOptions.defaults().withSharedKey().withClock(clock).withQuota(1, Duration.ofMinutes(1)));
        server.start();
        values("A1", "FORMULA");

        assertRefused(
                429,
                "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per user'.",
                () -> values("A1", "FORMULA"));
        clock.advance(Duration.ofMinutes(1));

        assertThat(values("A1", "FORMULA")).hasSize(1);
    }

    @Test
    void failsAsOrdered() {
        server.faults().failNext(1, "/v4/", Fault.status(500));

        assertThatThrownBy(() -> values("A1", "FORMULA")).hasMessageContaining("500");
    }

    private interface Call {
        Object execute() throws IOException;
    }

    private static void assertRefused(int code, String message, Call call) {
        assertThatThrownBy(call::execute).isInstanceOfSatisfying(GoogleJsonResponseException.class, refusal -> {
            assertThat(refusal.getStatusCode()).isEqualTo(code);
            assertThat(refusal.getDetails().getMessage()).isEqualTo(message);
        });
    }

    private List<List<Object>> values(String range, String rendering) throws IOException {
        return sheets(READ_SHEETS)
                .spreadsheets()
                .values()
                .get(server.spreadsheetId(), range)
                .setValueRenderOption(rendering)
                .execute()
                .getValues();
    }

    private File file(String scope, String fields) throws IOException {
        return new Drive.Builder(
                        new NetHttpTransport(),
                        GsonFactory.getDefaultInstance(),
                        credentials(server.serviceAccountJson(), scope))
                .setRootUrl(server.uri().toString())
                .setApplicationName("test")
                .build()
                .files()
                .get(server.spreadsheetId())
                .setFields(fields)
                .execute();
    }

    private Sheets sheets(String scope) throws IOException {
        return sheets(server.serviceAccountJson(), scope);
    }

    private Sheets sheets(String key, String scope) throws IOException {
        return new Sheets.Builder(new NetHttpTransport(), GsonFactory.getDefaultInstance(), credentials(key, scope))
                .setRootUrl(server.uri().toString())
                .setApplicationName("test")
                .build();
    }

    private static HttpCredentialsAdapter credentials(String key, String scope) throws IOException {
        return new HttpCredentialsAdapter(
                GoogleCredentials.fromStream(new ByteArrayInputStream(key.getBytes(StandardCharsets.UTF_8)))
                        .createScoped(scope));
    }
}
