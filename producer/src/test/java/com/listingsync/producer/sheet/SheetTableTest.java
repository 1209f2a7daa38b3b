package com.listingsync.producer.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.producer.connection.SheetTab;
import com.listingsync.producer.publish.Refusal;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SheetTableTest {

    private static final ZoneId TORONTO = ZoneId.of("America/Toronto");

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
        SheetTab tab = new SheetTab("f", "T", 3, List.of("Key"), List.of(), List.of());

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
                        "row 2 has the property number of row 4, which wins",
                        "row 4 has the property number of row 5, which wins");
    }

    @Test
    void setsARowWithoutAPropertyNumberAside() {
        SheetTable table = table(row("property_number", "City"), row("", "a"), row("#REF!", "b"), row("AA1", "c"));

        assertThat(table.rows().keySet()).containsExactly("AA1");
        assertThat(table.bad()).extracting(BadRow::code).containsExactly(Refusal.NO_KEY, Refusal.NO_KEY);
        assertThat(table.bad()).extracting(BadRow::message).doesNotContain("a", "b");
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
        SheetTab tab = new SheetTab("f", "T", 1, List.of("k"), List.of(), List.of("List Date"));

        SheetTable table = SheetTable.of(
                tab,
                List.of(
                        row("k", "List Date", "Other"),
                        row("1", new BigDecimal("46348"), new BigDecimal("46348")),
                        row("2", new BigDecimal("46200.5625")),
                        row("3", "TBD")),
                TORONTO);

        assertThat(json(table, "1"))
                .isEqualTo("{\"property_number\":\"1\",\"List Date\":\"2026-11-22\",\"Other\":46348}");
        assertThat(json(table, "2")).contains("\"2026-06-27T13:30:00-04:00\"");
        assertThat(json(table, "3")).contains("\"TBD\"");
    }

    @Test
    void isUnreadableWithoutItsKeyHeader() {
        SheetTable table = table(row("Number", "City"), row("AA1", "a"));

        assertThat(table.rows()).isEmpty();
        assertThat(table.problem())
                .contains("tab 'Listings' has no column for the property number: expected one of the headers"
                        + " property_number, Property Number in row 1; nothing is deleted");
        assertThat(table().problem()).isPresent();
    }

    @Test
    void leavesARowToTheTabThatComesLater() {
        SheetTable table = table(row("property_number"), row("AA1"), row("AA2")).without(Set.of("AA1"));

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
        SheetTab tab = new SheetTab(
                "listings",
                "Listings",
                1,
                List.of("property_number", "Property Number"),
                List.of("ListingKey", "MLS Listing Key"),
                List.of());
        return SheetTable.of(tab, List.of(rows), TORONTO);
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
