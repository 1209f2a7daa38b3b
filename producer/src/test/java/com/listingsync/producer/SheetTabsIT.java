package com.listingsync.producer;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.command.SyncCommand;
import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.event.Entity;
import com.listingsync.common.event.Link;
import com.listingsync.common.event.Operation;
import com.listingsync.common.run.RunState;
import com.listingsync.common.run.Tally;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.embedded.sheets.SampleSheets;
import com.listingsync.embedded.sheets.SheetsOptions;
import com.listingsync.embedded.upstream.Fault;
import com.listingsync.embedded.upstream.Reply;
import com.listingsync.embedded.world.SampleWorld;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real sheets as people make them, over HTTP: tabs of their own making beside those of the sample. */
class SheetTabsIT {

    private static final List<Object> HEADER = row("Property Number", "City", "Price", "MLS Number");

    @TempDir
    Path folder;

    private SampleWorld world;
    private SampleSheets sheets;
    private Producing producing;

    @BeforeEach
    void start() {
        world = SampleWorld.generate(9, 20, null);
        sheets = new SampleSheets(world, SheetsOptions.defaults()).start();
        sheets.putTab("Sales", List.of(HEADER, row("S1", "Ajax", 1), row("S2", "Barrie", 2), row("S3", "Acton", 3)));
        sheets.putTab("Rent's", List.of(HEADER, row("R1", "Whitby", 9)));
        producing = new Producing(Broker.withTopics(), folder, "").with("SHEET_KEY", sheets.serviceAccountJson());
        tabs("[{title: Sales}, {title: \"Rent's\", feed: rent}]", "");
    }

    @AfterEach
    void stop() {
        producing.close();
        sheets.close();
        world.close();
    }

    @Test
    void readsManyTabsAtOnceEachAsAFeed() {
        producing.start();

        RunState run = sync("r1");

        assertThat(keys()).containsExactlyInAnyOrder("S1/S1", "S2/S2", "S3/S3", "R1/R1");
        assertThat(Producing.tally(run, "office", "Sales").fetched()).isEqualTo(3);
        assertThat(Producing.tally(run, "office", "rent").fetched()).isEqualTo(1);
    }

    @Test
    void readsColumnsByAliasBelowTitlesWithTypesInTheZoneOfTheSheet() {
        sheets.timeZone("America/Vancouver");
        sheets.putTab(
                "Sales",
                Arrays.asList(
                        row("Spring listings", null, null),
                        row(),
                        row("Ref", "Asking", "Listed", "Showing", "", "Town", "Town"),
                        row(
                                "S1",
                                749000.5,
                                LocalDate.of(2026, 11, 22),
                                LocalDateTime.of(2026, 7, 1, 9, 30),
                                "x",
                                "Ajax"),
                        row(),
                        row("S2", "on request", "TBD", LocalDateTime.of(2026, 3, 8, 2, 30), null, null, true)));
        tabs("""
                [{title: Sales, key: [Ref], dates: [Listed], times: [Showing],
                         columns: {Price: [Asking Price, Asking], City: [Town]}}]""", "");
        producing.start();

        sync("r1", "Sales");

        assertThat(producing.emitted(Entity.SHEET))
                .extracting(Producing.Emitted::json)
                .containsExactlyInAnyOrder(
                        "{\"property_number\":\"S1\",\"Price\":749000.5,\"Listed\":\"2026-11-22\","
                                + "\"Showing\":\"2026-07-01T09:30:00-07:00\",\"City\":\"Ajax\"}",
                        "{\"property_number\":\"S2\",\"Price\":\"on request\",\"Listed\":\"TBD\","
                                + "\"Showing\":\"2026-03-08T03:30:00-07:00\",\"Town (2)\":true}");
    }

    @Test
    void emitsNothingWhenRowsAreMovedOrBlankOnesInserted() {
        producing.start();
        sync("r1");

        sheets.putTab(
                "Sales",
                List.of(
                        HEADER,
                        row("S3", "Acton", 3),
                        row(),
                        row("S1", "Ajax", 1),
                        row("", ""),
                        row("S2", "Barrie", 2)));
        RunState moved = sync("r2");
        sheets.putTab(
                "Sales",
                List.of(
                        HEADER,
                        row("S3", "Acton", 3),
                        row("S0", "Erin", 4),
                        row("S1", "Ajax", 1),
                        row("S2", "Barrie", 2)));
        RunState inserted = sync("r3");

        assertThat(Producing.tally(moved, "office", "Sales").count("skipped.unchanged"))
                .isEqualTo(3);
        assertThat(Producing.tally(inserted, "office", "Sales").count("skipped.unchanged"))
                .isEqualTo(3);
        assertThat(keys()).containsExactlyInAnyOrder("S1/S1", "S2/S2", "S3/S3", "R1/R1", "S0/S0");
    }

    @Test
    void namesDuplicatesAndFormulaErrorsOnceAndNotAtEachPoll() {
        List<List<Object>> bad = List.of(
                HEADER, row("S1", "Ajax", 1), row("S1", "Erin", 5), row("S2", "Barrie", "#DIV/0!"), row("", "Aurora"));
        producing.start();
        sync("r1");

        sheets.putTab("Sales", bad);
        RunState first = sync("r2");
        sheets.putTab("Sales", bad);
        RunState second = sync("r3");
        producing.close();
        producing.start();
        sheets.putTab("Sales", bad);
        RunState afterRestart = sync("r4");

        assertThat(Producing.tally(first, "office", "Sales").counts())
                .containsEntry("skipped.duplicate-key", 1L)
                .containsEntry("refused.formula-error", 1L)
                .containsEntry("refused.no-key", 1L);
        assertThat(List.of(second, afterRestart))
                .extracting(run -> Producing.tally(run, "office", "Sales").refused())
                .containsOnly(0L);
        assertThat(producing.deadLetters())
                .extracting(letter ->
                        RecordHeaders.text(letter.headers(), DeadLetter.CODE).orElse(""))
                .containsExactlyInAnyOrder("duplicate-key", "formula-error", "no-key");
        assertThat(producing.deadLetters()).anySatisfy(letter -> {
            assertThat(RecordHeaders.text(letter.headers(), DeadLetter.CONNECT_MESSAGE))
                    .contains(
                            "tab 'Sales', row 4, property number S2, shows a formula error in column Price; the row as it"
                                    + " was last read stays");
            assertThat(RecordHeaders.text(letter.headers(), DeadLetter.COLUMN)).contains("Price");
            assertThat(new String(letter.key())).isEqualTo("S2/S2/office");
        });
        assertThat(deletes()).extracting(Producing.Emitted::key).containsExactly("S3/S3");
    }

    @Nested
    class WhenATabCanNotBeRead {

        @Test
        void theOthersGoOnAndNothingOfItIsDeleted() {
            producing.start();
            sync("r1");

            sheets.putTab("Sales", List.of(row("Our number", "City"), row("S1", "Ajax")));
            sheets.putTab("Rent's", List.of(HEADER, row("R1", "Whitby", 9), row("R2", "Oshawa", 8)));
            RunState run = sync("r2");

            assertThat(problem(run, "Sales")).contains("row 1 looks like the header row", "nothing is deleted");
            assertThat(problem(run, "rent")).isEmpty();
            assertThat(keys()).contains("R2/R2");
            assertThat(deletes()).isEmpty();
        }

        @Test
        void isSaidByTitleWhenItWasRenamedOrDeleted() {
            producing.start();
            sync("r1");

            sheets.renameTab("Sales", "Sales 2026");
            sheets.putTab("Rent's", List.of(HEADER, row("R1", "Whitby", 10)));
            RunState renamed = sync("r2");
            sheets.removeTab("Sales 2026");
            RunState deleted = sync("r3");

            assertThat(problem(renamed, "Sales"))
                    .isEqualTo(
                            "tab 'Sales' is not in the spreadsheet (renamed, deleted, or a chart); it has 'Listings',"
                                    + " 'Read me', 'Empty', 'Sales 2026', 'Rent's'; nothing is deleted");
            assertThat(problem(deleted, "Sales")).startsWith("tab 'Sales' is not in the spreadsheet");
            assertThat(Producing.tally(renamed, "office", "rent").fetched()).isEqualTo(1);
            assertThat(deletes()).isEmpty();
        }

        @Test
        void rowsThatMayHaveGoneThereAreNotDeleted() {
            producing.start();
            sync("r1");

            sheets.putTab("Sales", List.of(HEADER, row("S1", "Ajax", 1), row("S2", "Barrie", 2)));
            sheets.putTab("Rent's", List.of(row("Nummer", "City"), row("S3", "Acton")));
            RunState broken = sync("r2");
            sheets.putTab("Rent's", List.of(HEADER, row("S3", "Acton", 3)));
            RunState mended = sync("r3");

            assertThat(problem(broken, "Sales"))
                    .isEqualTo("1 known rows are not found, but another tab can't be read; none is deleted");
            assertThat(problem(mended, "Sales")).isEmpty();
            assertThat(deletes()).extracting(Producing.Emitted::key).containsExactly("R1/R1");
        }
    }

    @Nested
    class OfALinkedRow {

        @Test
        void theOldPlaceIsLeftWithAWordOfTheNewOne() {
            producing.start();
            sync("r1");

            sheets.putTab(
                    "Sales",
                    List.of(HEADER, row("S1", "Ajax", 1, "W7"), row("S2", "Barrie", 2), row("S3", "Acton", 3)));
            sync("r2");

            assertThat(deletes()).singleElement().satisfies(left -> {
                assertThat(left.key()).isEqualTo("S1/S1");
                assertThat(left.event().movedTo()).contains("W7/S1/office");
            });
            assertThat(keys()).contains("W7/S1");
            assertThat(known("r3")).isZero();
        }

        @Test
        void theListingIdIsTheKeyWhereTheTabSaysSo() {
            sheets.putTab("Sales", List.of(HEADER, row("S1", "Ajax", 1, "C123"), row("S2", "Barrie", 2)));
            tabs("[{title: Sales, link_by: listing_id}]", "");
            producing.start();

            sync("r1", "Sales");

            assertThat(producing.emitted(Entity.SHEET))
                    .extracting(row -> row.key() + " by " + row.event().link())
                    .containsExactlyInAnyOrder("C123/S1 by " + Link.LISTING_ID, "S2/S2 by " + Link.LISTING_KEY);
        }

        private long known(String run) {
            sheets.putTab("Rent's", List.of(HEADER, row("R1", "Whitby", 9)));
            Tally tally = sync(run).total();
            return tally.fetched() - tally.skipped();
        }
    }

    @Nested
    class WhenGoogleRefuses {

        @Test
        void halfAReadIsNoRead() {
            producing.start();
            sync("r1");
            sheets.putTab("Sales", List.of(HEADER, row("S9", "Ajax", 1)));
            sheets.faults().failNext(5, ":batchGet", Fault.tooMany("Retry-After", "0"));

            RunState limited = sync("r2");
            RunState healed = sync("r3");

            assertThat(problem(limited, "Sales")).contains("HTTP 429: too many requests");
            assertThat(limited.total().fetched()).isZero();
            assertThat(healed.total().fetched()).isEqualTo(5);
            assertThat(deletes()).hasSize(3);
        }

        @Test
        void aBodyThatEndsEarlyOrIsAWebPageIsNoEmptySheet() {
            producing.start();
            sync("r1");
            sheets.putTab(
                    "Sales", List.of(HEADER, row("S1", "Ajax", 1), row("S2", "Barrie", 2), row("S3", "Acton", 4)));
            sheets.faults().failNext(1, ":batchGet", Fault.truncated());
            sheets.faults().failNext(1, ":batchGet", Fault.htmlPage());
            sheets.faults().failNext(1, ":batchGet", Fault.emptyPage());
            sheets.faults().failNext(1, ":batchGet", Fault.status(503));

            RunState run = sync("r2");

            assertThat(problem(run, "Sales")).isEmpty();
            assertThat(run.total().fetched() - run.total().skipped()).isEqualTo(1);
            assertThat(deletes()).isEmpty();
        }

        @Test
        void theProjectWithoutTheApiIsNamed() {
            producing.start();
            sheets.faults()
                    .failNext(
                            1,
                            "/drive",
                            new Fault.Answer(Reply.json(
                                    403,
                                    "{\"error\":{\"code\":403,\"status\":\"PERMISSION_DENIED\",\"details\":[{\"reason\":"
                                            + "\"SERVICE_DISABLED\"}]}}")));

            assertThat(problem(sync("r1"), "Sales"))
                    .isEqualTo(
                            "Google answered with HTTP 403: the Sheets or the Drive API is not switched on in the project"
                                    + " sample-listings of reader@sample-listings.iam.gserviceaccount.example");
        }

        @Test
        void theAccountWhoseKeyIsNotAcceptedIsNamed() {
            try (SampleSheets other = new SampleSheets(world, SheetsOptions.defaults())) {
                producing.with(
                        "SHEET_KEY",
                        other.serviceAccountJson()
                                .replace(
                                        other.tokenUri().toString(),
                                        sheets.tokenUri().toString()));
            }
            producing.start();

            assertThat(problem(sync("r1"), "Sales"))
                    .isEqualTo(
                            "Google gives no token for reader@sample-listings.iam.gserviceaccount.example; its key was"
                                    + " deleted, or is another account's: make a new key file");
        }
    }

    @Nested
    class AnUnchangedSpreadsheet {

        @Test
        void ofTenThousandRowsCostsOneSmallRequest() {
            List<List<Object>> rows = new ArrayList<>(List.of(HEADER));
            IntStream.range(0, 10_000).forEach(i -> rows.add(row("S" + i, "Ajax", i, "W" + i)));
            sheets.putTab("Sales", rows);
            producing.start();
            sync("r1");
            long asked = sheets.requestCount();

            RunState idle = sync("r2");
            long idleRequests = sheets.requestCount() - asked;
            rows.set(7, row("S6", "Ajax", 123));
            sheets.putTab("Sales", rows);
            RunState edited = sync("r3");

            assertThat(idleRequests).isEqualTo(1);
            assertThat(idle.total().fetched()).isZero();
            assertThat(sheets.requestCount() - asked).isEqualTo(4);
            assertThat(Producing.tally(edited, "office", "Sales").count("skipped.unchanged"))
                    .isEqualTo(9_999);
        }

        @Test
        void isReadInFullNowAndThenBecauseFormulasChangeWithoutATrace() {
            tabs("[{title: Sales}]", "full_read: 1ms");
            producing.start();
            sync("r1", "Sales");

            sheets.recalculateTab(
                    "Sales", List.of(HEADER, row("S1", "Ajax", 1), row("S2", "B", 2), row("S3", "Acton", 3)));
            RunState run = sync("r2", "Sales");

            assertThat(run.total().fetched() - run.total().skipped()).isEqualTo(1);
        }

        @Test
        void isReadAgainWhenItIsReadInAnotherWay() {
            producing.start();
            sync("r1", "Sales");
            producing.close();

            tabs("[{title: Sales, columns: {Town: City}}]", "");
            producing.start();
            RunState run = sync("r2", "Sales");

            assertThat(run.total().fetched()).isEqualTo(3);
            assertThat(producing.emitted(Entity.SHEET)).hasSize(6);
        }
    }

    @Test
    void neverLowersAVersionWhenAnotherFileTakesItsPlace() {
        IntStream.range(0, 5).forEach(i -> sheets.putTab("Rent's", List.of(HEADER, row("R1", "Whitby", i))));
        producing.start();
        sync("r1", "Sales");
        long before = producing.emitted(Entity.SHEET).get(0).event().sourceVersion();
        producing.close();

        try (SampleSheets copy = new SampleSheets(world, SheetsOptions.defaults()).start()) {
            copy.putTab("Sales", List.of(HEADER, row("S1", "Ajax", 99), row("S2", "Barrie", 2), row("S3", "Acton", 3)));
            producing.with("SHEET_KEY", copy.serviceAccountJson());
            producing.connections(yaml(copy, "[{title: Sales, dates: [Anything]}]", ""));
            producing.start();
            sync("r2", "Sales");
            producing.close();
        }

        assertThat(producing.emitted(Entity.SHEET))
                .filteredOn(row -> row.json().contains("99"))
                .singleElement()
                .satisfies(row -> assertThat(row.event().sourceVersion()).isGreaterThanOrEqualTo(before));
    }

    private RunState sync(String run) {
        return sync(run, "Sales", "rent");
    }

    private RunState sync(String run, String... feeds) {
        return producing.sync(new SyncCommand(run, "office", List.of(feeds), List.of(), false, "test"));
    }

    private List<String> keys() {
        return producing.emitted(Entity.SHEET).stream()
                .filter(row -> row.event().operation() == Operation.UPSERT)
                .map(Producing.Emitted::key)
                .toList();
    }

    private List<Producing.Emitted> deletes() {
        return producing.emitted(Entity.SHEET).stream()
                .filter(row -> row.event().operation() == Operation.DELETE)
                .toList();
    }

    private void tabs(String tabs, String rest) {
        producing.connections(yaml(sheets, tabs, rest));
    }

    private static String yaml(SampleSheets sheets, String tabs, String rest) {
        return """
                connections:
                  - name: office
                    kind: google-sheets
                    spreadsheet_id: %s
                    sheets_url: %s
                    drive_url: %s
                    auth: {service_account_json: "${SHEET_KEY}"}
                    tabs: %s
                    %s
                """.formatted(sheets.spreadsheetId(), sheets.uri(), sheets.uri(), tabs, rest);
    }

    private static String problem(RunState run, String feed) {
        return Objects.requireNonNullElse(run.feeds().get("office/" + feed).problem(), "");
    }

    private static List<Object> row(Object... cells) {
        return Arrays.asList(cells);
    }
}
