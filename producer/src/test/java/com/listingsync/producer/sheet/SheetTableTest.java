package com.listingsync.producer.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.event.Link;
import com.listingsync.producer.connection.FormulaErrors;
import com.listingsync.producer.connection.SheetColumns;
import com.listingsync.producer.connection.SheetTab;
import com.listingsync.producer.publish.Refusal;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SheetTableTest {

    private static final ZoneId TORONTO = ZoneId.of("America/Toronto");
    private static final SheetColumns COLUMNS =
            SheetColumns.of(List.of("property_number", "Property Number"), List.of("ListingKey", "MLS Listing Key"));

    @Test
    void makesAFieldOfEveryHeaderAndALineOfEveryRow() {
        SheetTable table = table(
                row("Property Number", " Price ", "", "Price", "\u4ef7\u683c", "Active"),
                row("AA1", new BigDecimal("12.50"), "left out", new BigDecimal("700000"), "\u4e03\u5341\u4e07", true));

        assertThat(json(table, "AA1"))
                .isEqualTo("{\"property_number\":\"AA1\",\"Price\":12.5,\"Price (2)\":700000,"
                        + "\"\u4ef7\u683c\":\"\u4e03\u5341\u4e07\",\"Active\":true}");
        assertThat(table.bad()).isEmpty();
        assertThat(table.problem()).isEmpty();
    }

    @Test
    void readsRaggedRowsAndPassesOverBlankOnes() {
        SheetTable table = table(
                row("property_number", "City", "Notes"),
                row("AA1"),
                row(),
                row("", " "),
                row("AA2", "", "n", "beyond"));

        assertThat(table.rows().keySet()).containsExactly("AA1", "AA2");
        assertThat(json(table, "AA2")).isEqualTo("{\"property_number\":\"AA2\",\"Notes\":\"n\"}");
    }

    @Test
    void readsTheHeaderRowThatIsSaid() {
        SheetTab tab = tab(OptionalInt.of(3), SheetColumns.of(List.of("Key"), List.of()));

        SheetTable table = SheetTable.of(
                tab, List.of(row("Our listings"), row(), row("Key", "City"), row("1", "Oakville")), TORONTO);

        assertThat(json(table, "1")).isEqualTo("{\"property_number\":\"1\",\"City\":\"Oakville\"}");
    }

    @Test
    void letsTheLastOfEqualPropertyNumbersWinAndNamesTheOthers() {
        SheetTable table = table(
                row("property_number", "City"), row("AA1", "a"), row("AA2", "b"), row("AA1", "c"), row("AA1", "d"));

        assertThat(json(table, "AA1")).contains("\"d\"");
        assertThat(table.bad()).extracting(BadRow::code).containsOnly(Refusal.DUPLICATE_KEY);
        assertThat(table.bad())
                .extracting(BadRow::message)
                .containsExactly(
                        "tab 'Listings', row 2 has property number AA1, which stands in row 4 too; the last wins",
                        "tab 'Listings', row 4 has property number AA1, which stands in row 5 too; the last wins");
    }

    @Test
    void setsARowWithoutAPropertyNumberAside() {
        SheetTable table = table(row("property_number", "City"), row("", "a"), row(" ", "b"), row("AA1", "c"));

        assertThat(table.rows().keySet()).containsExactly("AA1");
        assertThat(table.bad()).extracting(BadRow::code).containsExactly(Refusal.NO_KEY, Refusal.NO_KEY);
        assertThat(table.bad())
                .extracting(BadRow::message)
                .containsExactly(
                        "tab 'Listings', row 2 has no property number", "tab 'Listings', row 3 has no property number");
    }

    @Test
    void setsARowWithAKeyLongerThanAnyOfOursOrTooMuchInItAside() {
        String tooLong = "k".repeat(1_025);
        SheetTable table = table(
                row("property_number", "ListingKey", "Notes"),
                row(tooLong),
                row("AA1", tooLong),
                row("AA2", "W1", "n".repeat(1_000_000)),
                row("AA3", "W1", "n"));

        assertThat(table.rows().keySet()).containsExactly("AA3");
        assertThat(table.standing()).containsExactlyInAnyOrder("AA1", "AA2");
        assertThat(table.bad())
                .extracting(BadRow::code)
                .containsExactly(Refusal.KEY_TOO_LONG, Refusal.KEY_TOO_LONG, Refusal.TOO_LARGE);
        assertThat(table.bad())
                .extracting(BadRow::message)
                .containsExactly(
                        "tab 'Listings', row 2 has a property number longer than 1024 bytes",
                        "tab 'Listings', row 3, property number AA1, is linked to a key longer than 1024 bytes;"
                                + " the row as it was last read stays",
                        "tab 'Listings', row 4, property number AA2, is larger than 1000000 bytes;"
                                + " the row as it was last read stays");
    }

    @Test
    void saysByWhatItsRowsAreLinked() {
        SheetColumns byId = new SheetColumns(
                List.of("k"), List.of("MLS"), Link.LISTING_ID, List.of(), List.of(), List.of(), Map.of());
        List<List<Object>> cells = List.of(row("k", "MLS"), row("1", "C123"), row("2"));

        SheetTable table = SheetTable.of(tab(OptionalInt.empty(), byId), cells, TORONTO);
        SheetTable other =
                SheetTable.of(tab(OptionalInt.empty(), SheetColumns.of(List.of("k"), List.of("MLS"))), cells, TORONTO);

        assertThat(table.rows().get("1").key("c")).hasToString("C123/1/c");
        assertThat(table.rows().get("1").linkBy()).isEqualTo(Link.LISTING_ID);
        assertThat(table.rows().get("2").linkBy()).isEqualTo(Link.LISTING_KEY);
        assertThat(table.rows().get("1").contentHash())
                .isNotEqualTo(other.rows().get("1").contentHash());
        assertThat(table.rows().get("2").contentHash())
                .isEqualTo(other.rows().get("2").contentHash());
    }

    @Test
    void takesANumberForAPropertyNumber() {
        SheetTable table = table(row("property_number"), row(new BigDecimal("13226.0")));

        assertThat(json(table, "13226")).isEqualTo("{\"property_number\":\"13226\"}");
    }

    @Test
    void placesALinkedRowAtItsListing() {
        SheetTable table = table(row("property_number", "MLS Listing Key"), row("AA1", "W1"), row("AA2", ""));

        assertThat(table.rows().get("AA1").key("c")).hasToString("W1/AA1/c");
        assertThat(table.rows().get("AA2").key("c")).hasToString("AA2/AA2/c");
    }

    @Test
    void readsSerialDatesInTheZoneOfTheSpreadsheet() {
        SheetColumns columns = new SheetColumns(
                List.of("k"),
                List.of(),
                Link.LISTING_KEY,
                List.of("List Date"),
                List.of("Called"),
                List.of(),
                Map.of());

        SheetTable table = SheetTable.of(
                tab(OptionalInt.empty(), columns),
                List.of(
                        row("k", "List Date", "Called", "Other"),
                        row("1", new BigDecimal("46348"), new BigDecimal("46348"), new BigDecimal("46348")),
                        row("2", new BigDecimal("46200.5625")),
                        row("3", "TBD")),
                TORONTO);

        assertThat(json(table, "1"))
                .isEqualTo("{\"property_number\":\"1\",\"List Date\":\"2026-11-22\","
                        + "\"Called\":\"2026-11-22T00:00:00-05:00\",\"Other\":46348}");
        assertThat(json(table, "2")).contains("\"2026-06-27T13:30:00-04:00\"");
        assertThat(json(table, "3")).contains("\"TBD\"");
    }

    @Test
    void findsColumnsByTheirAliases() {
        Map<String, List<String>> aliases = new LinkedHashMap<>();
        aliases.put("Price", List.of("Asking Price", "\u4ef7\u683c"));
        aliases.put("City", List.of("Town"));
        SheetColumns columns = new SheetColumns(
                List.of("Ref No"), List.of(), Link.LISTING_KEY, List.of(), List.of(), List.of("Now"), aliases);

        SheetTable table = SheetTable.of(
                tab(OptionalInt.empty(), columns),
                List.of(
                        row("now", "ref. no", "\u4ef7\u683c", "TOWN", "asking  price"),
                        row(new BigDecimal("46348.7"), "AA1", "low", "Oakville", new BigDecimal("5"))),
                TORONTO);

        assertThat(json(table, "AA1"))
                .isEqualTo("{\"property_number\":\"AA1\",\"\u4ef7\u683c\":\"low\",\"City\":\"Oakville\",\"Price\":5}");
    }

    @Nested
    class TheHeaderRow {

        @Test
        void isTheFirstWithAKeyHeaderBelowTitlesWhenNotSaid() {
            SheetTable table = table(
                    row("Our listings, spring"),
                    row(),
                    row("", "updated by Ana"),
                    row("Property Number", "City"),
                    row("AA1", "Ajax"));

            assertThat(json(table, "AA1")).isEqualTo("{\"property_number\":\"AA1\",\"City\":\"Ajax\"}");
        }

        @Test
        void isNamedWhenItIsNotWhereItIsSaidToBe() {
            SheetTable table = SheetTable.of(
                    tab(OptionalInt.of(1), COLUMNS),
                    List.of(row("Our listings"), row("Property Number", "City"), row("AA1", "Ajax")),
                    TORONTO);

            assertThat(table.rows()).isEmpty();
            assertThat(table.problem())
                    .contains("tab 'Listings' has no column for the property number: expected one of the headers"
                            + " property_number, Property Number in row 1; row 2 looks like the header row: mend"
                            + " header_row; nothing is deleted");
        }

        @Test
        void isNamedWhenItsKeyHeaderWasRenamed() {
            SheetTable table =
                    table(row("Our listings"), row("Number", "City", "MLS Listing Key"), row("AA1", "Ajax", "W1"));

            assertThat(table.problem())
                    .contains("tab 'Listings' has no column for the property number: expected one of the headers"
                            + " property_number, Property Number in one of its first 20 rows; row 2 looks like the header"
                            + " row, without that header: was it renamed?; nothing is deleted");
        }

        @Test
        void isMissedInAnEmptyTab() {
            assertThat(table().problem())
                    .contains("tab 'Listings' is empty: expected headers in row 1; nothing is deleted");
        }
    }

    @Nested
    class ARowWithAFormulaError {

        @ParameterizedTest
        @ValueSource(
                strings = {"#REF!", "#N/A", "#DIV/0!", "#NAME?", "#VALUE!", "#NUM!", "#NULL!", "#ERROR!", "Loading..."})
        void isSetAsideByTabRowPropertyNumberAndColumnAndStaysAsItWas(String error) {
            SheetTable table =
                    table(row("property_number", "City", "Price"), row("AA1", "Ajax", error), row("AA2", "b"));

            assertThat(table.rows().keySet()).containsExactly("AA2");
            assertThat(table.standing()).containsExactly("AA1");
            assertThat(table.bad()).singleElement().satisfies(bad -> {
                assertThat(bad.code()).isEqualTo(Refusal.FORMULA_ERROR);
                assertThat(bad.column()).contains("Price");
                assertThat(bad.propertyNumber()).contains("AA1");
                assertThat(bad.message())
                        .isEqualTo("tab 'Listings', row 2, property number AA1, shows a formula error in column Price;"
                                + " the row as it was last read stays");
            });
        }

        @Test
        void isReadWithoutTheCellWhenErrorsCountAsBlank() {
            SheetTab tab = new SheetTab("listings", "Listings", OptionalInt.empty(), COLUMNS, FormulaErrors.BLANK);

            SheetTable table = SheetTable.of(
                    tab,
                    List.of(
                            row("property_number", "Price", "ListingKey"),
                            row("AA1", "#REF!", "W1"),
                            row("AA2", new BigDecimal("5"), "#N/A")),
                    TORONTO);

            assertThat(json(table, "AA1")).isEqualTo("{\"property_number\":\"AA1\",\"ListingKey\":\"W1\"}");
            assertThat(table.standing()).containsExactly("AA2");
        }

        @Test
        void isNoMatterInAColumnThatIsIgnored() {
            SheetColumns columns = new SheetColumns(
                    List.of("k"), List.of(), Link.LISTING_KEY, List.of(), List.of(), List.of("Helper"), Map.of());

            SheetTable table = SheetTable.of(
                    tab(OptionalInt.empty(), columns), List.of(row("k", "helper"), row("1", "#REF!")), TORONTO);

            assertThat(json(table, "1")).isEqualTo("{\"property_number\":\"1\"}");
        }

        @Test
        void holdsAllDeletesWhenItIsInTheKeyColumn() {
            SheetTable table = table(row("property_number", "City"), row("#REF!", "a"), row("#12", "b"));

            assertThat(table.rows().keySet()).containsExactly("#12");
            assertThat(table.hold())
                    .contains("1 rows of tab 'Listings' show a formula error instead of their property number");
            assertThat(table.bad()).extracting(BadRow::column).containsExactly(Optional.of("property_number"));
        }

        @Test
        void winsAsALaterDuplicateSoThatNoOlderRowComesBack() {
            SheetTable table = table(row("property_number", "City"), row("AA1", "a"), row("AA1", "#REF!"));

            assertThat(table.rows()).isEmpty();
            assertThat(table.standing()).containsExactly("AA1");
        }
    }

    @Test
    void leavesARowToTheTabThatComesLater() {
        SheetTable table = table(row("property_number"), row("AA1"), row("AA2"))
                .without(Set.of("AA1"), tab(OptionalInt.empty(), COLUMNS));

        assertThat(table.rows().keySet()).containsExactly("AA2");
        assertThat(table.bad()).extracting(BadRow::code).containsExactly(Refusal.DUPLICATE_KEY);
    }

    @Test
    void givesOutOnlyTheRowsAskedFor() {
        SheetTable table = table(row("property_number", "ListingKey"), row("AA1", "W1"), row("AA2", "W2"), row("AA3"));

        assertThat(table.only(Set.of("AA3", "W1")).rows().keySet()).containsExactly("AA1", "AA3");
    }

    @SafeVarargs
    private static SheetTable table(List<Object>... rows) {
        return SheetTable.of(tab(OptionalInt.empty(), COLUMNS), List.of(rows), TORONTO);
    }

    private static SheetTab tab(OptionalInt headerRow, SheetColumns columns) {
        return new SheetTab("listings", "Listings", headerRow, columns, FormulaErrors.REFUSE);
    }

    private static List<Object> row(Object... cells) {
        return Arrays.asList(cells);
    }

    private static String json(SheetTable table, String number) {
        return Optional.ofNullable(table.rows().get(number))
                .map(row -> new String(row.payload(), StandardCharsets.UTF_8))
                .orElse("none");
    }
}
