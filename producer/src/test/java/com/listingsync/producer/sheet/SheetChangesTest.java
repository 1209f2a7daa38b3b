package com.listingsync.producer.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.wire.SourceKey;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SheetChangesTest {

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

        assertThat(changes.gone()).containsExactly(SourceKey.ofChild("B", "B", "c"));
    }

    @Test
    void deletesTheOldKeyOfARowWhoseLinkChanged() {
        Map<String, SheetRow> rows = Map.of("A", SheetRow.of("A", Optional.of("W1"), bytes("1")));

        SheetChanges changes = changes(rows, known("A=1"));

        assertThat(changes.gone()).containsExactly(SourceKey.ofChild("A", "A", "c"));
        assertThat(changes.changed())
                .extracting(row -> row.key("c"))
                .containsExactly(SourceKey.ofChild("W1", "A", "c"));
    }

    @Test
    void leavesARowThatMovedToAnotherTab() {
        SheetChanges changes = SheetChanges.of("f", rows("A=1"), Set.of("B"), known("A=1", "B=1"), 0.5, false);

        assertThat(changes.gone()).isEmpty();
    }

    @Test
    void leavesTheRowsOfOtherTabs() {
        SheetChanges changes = SheetChanges.of("other", rows("Z=1"), Set.of(), known("A=1"), 0.5, false);

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
        SheetChanges changes = SheetChanges.of("f", rows("A=1"), Set.of(), known("A=1"), 0.5, true);

        assertThat(changes.changed()).hasSize(1);
    }

    private static SheetChanges changes(Map<String, SheetRow> rows, Map<String, KnownRow> known) {
        return SheetChanges.of("f", rows, Set.of(), known, 0.5, false);
    }

    private static Map<String, SheetRow> rows(String... rows) {
        Map<String, SheetRow> byNumber = new LinkedHashMap<>();
        for (String row : rows) {
            String[] parts = row.split("=");
            byNumber.put(parts[0], SheetRow.of(parts[0], Optional.empty(), bytes(parts[1])));
        }
        return byNumber;
    }

    private static Map<String, KnownRow> known(String... rows) {
        Map<String, KnownRow> known = new LinkedHashMap<>();
        rows(rows).forEach((number, row) -> known.put(number, new KnownRow(row.key("c"), "f", row.contentHash())));
        return known;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
