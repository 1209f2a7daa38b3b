package com.listingsync.producer.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.event.Link;
import com.listingsync.common.run.FeedName;
import com.listingsync.common.wire.SourceKey;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SheetChangesTest {

    private static final FeedName FEED = new FeedName("c", "f");

    @Test
    void emitsWhatIsNewOrDiffers() {
        SheetChanges changes = changes(rows("A=1", "B=2", "C=3"), known("A=1", "B=1"));

        assertThat(changes.changed()).extracting(SheetRow::propertyNumber).containsExactly("B", "C");
        assertThat(changes.unchanged()).isEqualTo(1);
        assertThat(changes.gone()).isEmpty();
    }

    @Test
    void deletesWhatIsGone() {
        SheetChanges changes = changes(rows("A=1"), known("A=1", "B=1"));

        assertThat(changes.gone()).extracting(KnownRow::key).containsExactly(SourceKey.ofChild("B", "B", "c"));
    }

    @Test
    void movesARowWhoseLinkChanged() {
        Map<String, SheetRow> rows = Map.of("A", SheetRow.of("A", Optional.of("W1"), Link.LISTING_KEY, bytes("1")));

        SheetChanges changes = changes(rows, known("A=1"));

        assertThat(changes.gone()).isEmpty();
        assertThat(changes.moved()).hasSize(1).containsValue(SourceKey.ofChild("W1", "A", "c"));
        assertThat(changes.changed())
                .extracting(row -> row.key("c"))
                .containsExactly(SourceKey.ofChild("W1", "A", "c"));
    }

    @Test
    void emitsARowThatIsLinkedInAnotherWay() {
        KnownRow before = new KnownRow(SourceKey.ofChild("W1", "A", "c"), Link.LISTING_ID, "f", "x");
        SheetRow row = SheetRow.of("A", Optional.of("W1"), Link.LISTING_KEY, bytes("1"));

        SheetChanges changes = changes(Map.of("A", row), Map.of("A", before));

        assertThat(changes.changed()).hasSize(1);
        assertThat(changes.moved()).isEmpty();
    }

    @Test
    void emitsARowThatStandsInAnotherTabNow() {
        SheetChanges changes =
                SheetChanges.of(new FeedName("c", "g"), table(rows("A=1")), Set.of(), known("A=1"), 0.5, false);

        assertThat(changes.changed()).hasSize(1);
        assertThat(changes.moved()).isEmpty();
    }

    @Test
    void deletesNoRowThatStandsThereAndCanNotBeRead() {
        SheetTable table = new SheetTable(rows("A=1"), Set.of("B"), List.of(), Optional.empty(), Optional.empty());

        SheetChanges changes = SheetChanges.of(FEED, table, Set.of(), known("A=1", "B=1"), 0.5, false);

        assertThat(changes.gone()).isEmpty();
        assertThat(changes.brake()).isEmpty();
    }

    @Test
    void deletesNothingWhileSomeRowsCanNotBeTold() {
        SheetTable table =
                new SheetTable(rows("A=1"), Set.of(), List.of(), Optional.of("2 rows show an error"), Optional.empty());

        SheetChanges missing = SheetChanges.of(FEED, table, Set.of(), known("A=1", "B=1"), 0.5, false);
        SheetChanges complete = SheetChanges.of(FEED, table, Set.of(), known("A=1"), 0.5, false);

        assertThat(missing.gone()).isEmpty();
        assertThat(missing.brake()).contains("1 known rows are not found, but 2 rows show an error; none is deleted");
        assertThat(complete.brake()).isEmpty();
    }

    @Test
    void leavesARowThatMovedToAnotherTab() {
        SheetChanges changes = SheetChanges.of(FEED, table(rows("A=1")), Set.of("B"), known("A=1", "B=1"), 0.5, false);

        assertThat(changes.gone()).isEmpty();
    }

    @Test
    void leavesTheRowsOfOtherTabs() {
        SheetChanges changes =
                SheetChanges.of(new FeedName("c", "other"), table(rows("Z=1")), Set.of(), known("A=1"), 0.5, false);

        assertThat(changes.gone()).isEmpty();
        assertThat(changes.brake()).isEmpty();
    }

    @Test
    void deletesNothingWhenTheTabIsEmptied() {
        SheetChanges changes = changes(Map.of(), known("A=1", "B=1"));

        assertThat(changes.gone()).isEmpty();
        assertThat(changes.brake())
                .hasValueSatisfying(
                        words -> assertThat(words).startsWith("2 of 2 known rows are gone at once; none is deleted."));
    }

    @Test
    void deletesAllWhenTheBrakeIsOff() {
        SheetChanges changes = SheetChanges.of(FEED, table(Map.of()), Set.of(), known("A=1", "B=1"), 1, false);

        assertThat(changes.gone()).hasSize(2);
    }

    @Test
    void deletesNothingWhenTooManyRowsAreGone() {
        Map<String, KnownRow> known =
                known(IntStream.range(0, 50).mapToObj(i -> "K" + i + "=1").toArray(String[]::new));

        SheetChanges many = changes(rows("K0=2"), known);
        SheetChanges half = changes(
                rows(IntStream.range(0, 25).mapToObj(i -> "K" + i + "=1").toArray(String[]::new)), known);

        assertThat(many.gone()).isEmpty();
        assertThat(many.brake()).isPresent();
        assertThat(many.changed()).hasSize(1);
        assertThat(half.gone()).hasSize(25);
    }

    @Test
    void deletesFewRowsOfASmallTabWhateverTheirShare() {
        SheetChanges changes = changes(rows("A=1"), known("A=1", "B=1", "C=1", "D=1"));

        assertThat(changes.gone()).hasSize(3);
    }

    @Test
    void emitsEverythingWhenToldTo() {
        SheetChanges changes = SheetChanges.of(FEED, table(rows("A=1")), Set.of(), known("A=1"), 0.5, true);

        assertThat(changes.changed()).hasSize(1);
    }

    private static SheetChanges changes(Map<String, SheetRow> rows, Map<String, KnownRow> known) {
        return SheetChanges.of(FEED, table(rows), Set.of(), known, 0.5, false);
    }

    private static SheetTable table(Map<String, SheetRow> rows) {
        return new SheetTable(rows, Set.of(), List.of(), Optional.empty(), Optional.empty());
    }

    private static Map<String, SheetRow> rows(String... rows) {
        Map<String, SheetRow> byNumber = new LinkedHashMap<>();
        for (String row : rows) {
            String[] parts = row.split("=");
            byNumber.put(parts[0], SheetRow.of(parts[0], Optional.empty(), Link.LISTING_KEY, bytes(parts[1])));
        }
        return byNumber;
    }

    private static Map<String, KnownRow> known(String... rows) {
        Map<String, KnownRow> known = new LinkedHashMap<>();
        rows(rows).forEach((number, row) -> known.put(number, KnownRow.of(row, FEED)));
        return known;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
