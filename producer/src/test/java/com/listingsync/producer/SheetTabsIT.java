package com.listingsync.producer;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.event.Entity;
import com.listingsync.common.event.Link;
import com.listingsync.common.run.RunState;
import com.listingsync.common.run.Tally;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.embedded.sheets.SampleSheets;
import com.listingsync.embedded.sheets.SheetsOptions;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Real sheets as people make them: tabs, titles, types, moved and linked rows. */
class SheetTabsIT extends TabbedSheet {

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

    @Test
    void neverLowersAVersionWhenAnotherFileTakesItsPlace() {
        IntStream.range(0, 5).forEach(i -> sheets.putTab("Rent's", List.of(HEADER, row("R1", "Whitby", i))));
        producing.start();
        sync("r1", "Sales");
        long before = producing.emitted(Entity.SHEET).get(0).event().sourceVersion();
        producing.close();

        try (SampleSheets copy =
                new SampleSheets(world, SheetsOptions.defaults().withSharedKey()).start()) {
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
}
