package com.listingsync.embedded.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SheetWorldTest {
    private final SettableClock clock = new SettableClock(Worlds.NOON);
    private final SampleWorld world = SampleWorld.generate(WorldPlan.of(42, 500).withClock(clock));

    @Test
    void hasTheHeaderAndRowsThatPeopleMake() {
        SheetSnapshot sheet = world.sheet();

        assertThat(sheet.header()).contains("", "备注");
        assertThat(sheet.header()).filteredOn("Notes"::equals).hasSize(2);
        assertThat(sheet.rows()).contains(SheetRow.BLANK);
        assertThat(sheet.rows().stream()
                        .mapToInt(row -> row.cells().size())
                        .distinct()
                        .count())
                .isGreaterThan(2);
        assertThat(numbers()).doesNotHaveDuplicates().allMatch(number -> number.matches("A[A-Z]\\d{5}"));
    }

    @Test
    void namesListingsOfTheMlsInHalfOfItsRows() {
        List<String> listings = Worlds.texts(world, Resource.PROPERTY, Feed.VOW, "ListingKey");

        List<String> named = world.sheetRows().stream()
                .map(row -> row.cell(world.sheet().header().indexOf("MLS Number")))
                .filter(Cell.Text.class::isInstance)
                .map(cell -> ((Cell.Text) cell).text())
                .toList();

        assertThat(named).hasSizeBetween(15, 35).doesNotHaveDuplicates();
        assertThat(listings).containsAll(named);
    }

    @Test
    void growsItsVersionWithEveryEdit() {
        String first = numbers().get(0);
        clock.advance(Duration.ofMinutes(5));

        world.editSheetRow(first, "Price", 888_000);
        world.editSheetRow(first, "Listed On", LocalDate.of(2026, 3, 1));
        world.editSheetRow(first, "Featured", true);

        SheetSnapshot sheet = world.sheet();
        assertThat(sheet.version()).isEqualTo(4);
        assertThat(sheet.modified()).isEqualTo(clock.instant());
        assertThat(sheet.rows().get(0).cell(4)).isEqualTo(new Cell.Amount(new BigDecimal("888000"), Cell.Format.PLAIN));
        assertThat(sheet.rows().get(0).cell(10)).isEqualTo(new Cell.Day(LocalDate.of(2026, 3, 1)));
    }

    @Test
    void addsInsertsMovesAndRemovesRows() {
        List<String> before = numbers();

        world.addSheetRow("AA90001", Map.of("Price", 500_000, "City", "Ajax"));
        world.insertSheetRowAbove(before.get(0), "AA90002", Map.of("Notes", "first"));
        world.moveSheetRowAbove("AA90001", "AA90002");
        world.removeSheetRow(before.get(1));

        assertThat(numbers())
                .startsWith("AA90001", "AA90002", before.get(0), before.get(2))
                .doesNotContain(before.get(1));
    }

    @Test
    void canBeEmptied() {
        world.clearSheet();

        assertThat(world.sheetRows()).isEmpty();
    }

    @Test
    void refusesAColumnThatItDoesNotHave() {
        assertThatThrownBy(() -> world.editSheetRow(numbers().get(0), "Colour", "red"))
                .hasMessageStartingWith("The sheet has no column Colour; it has [Property Number, ");
    }

    private List<String> numbers() {
        return world.sheetRows().stream()
                .map(SheetRow::propertyNumber)
                .filter(number -> !number.isEmpty())
                .toList();
    }
}
