package com.listingsync.console.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.mapping.ColumnType;
import com.listingsync.common.wire.Json;
import com.listingsync.console.compare.TablePair.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MatchingTest {

    private static final int ROWS = 3 * Matching.WAITING;
    private static final TablePair PAIR = new TablePair(
            "new",
            "old",
            List.of(new Column("id", "id", ColumnType.INTEGER)),
            List.of(new Column("city", "town", ColumnType.TEXT)),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of());

    private final List<String> met = new ArrayList<>();
    private final List<String> same = new ArrayList<>();
    private final List<String> different = new ArrayList<>();
    private final TreeSet<String> onlyOld = new TreeSet<>();
    private final TreeSet<String> onlyNew = new TreeSet<>();

    @Test
    void rowsOfTheSameOrderMeetAsTheyCome() {
        try (Matching matching = new Matching(PAIR)) {
            IntStream.range(0, ROWS).forEach(i -> {
                old(matching, i);
                now(matching, i, "Oslo");
                assertThat(matching.isFullOfOld() || matching.isFullOfNew()).isFalse();
            });
            rest(matching);
        }

        assertThat(met).hasSize(ROWS);
        assertThat(same).isEmpty();
    }

    @Test
    void rowsOfOppositeOrderAreFoundAllTheSame() {
        try (Matching matching = new Matching(PAIR)) {
            for (int i = 0; i < ROWS; i++) {
                old(matching, i);
                now(matching, ROWS - 1 - i, i == 5 ? "Bergen" : "Oslo");
                boolean crowded = i >= Matching.WAITING && i < ROWS / 2;
                assertThat(crowded && !(matching.isFullOfOld() && matching.isFullOfNew()))
                        .isFalse();
            }
            rest(matching);
        }

        assertThat(met).isNotEmpty().hasSizeLessThan(ROWS);
        assertThat(met.size() + same.size() + different.size()).isEqualTo(ROWS);
        assertThat(different).containsExactly(Integer.toString(ROWS - 6));
        assertThat(onlyOld).isEmpty();
        assertThat(onlyNew).isEmpty();
    }

    @Test
    void rowsWithoutAPartnerAreLeftOnTheirSide() {
        try (Matching matching = new Matching(PAIR)) {
            IntStream.range(0, ROWS).forEach(i -> {
                old(matching, 2 * i);
                now(matching, 3 * i, "Oslo");
            });
            rest(matching);
        }

        assertThat(onlyOld).contains("2", "4").doesNotContain("6");
        assertThat(onlyNew).contains("3", "9").doesNotContain("6");
        assertThat(met.size() + same.size() + onlyOld.size()).isEqualTo(ROWS);
        assertThat(different).isEmpty();
    }

    private void old(Matching matching, int key) {
        matching.old(Integer.toString(key), row(key, "town", "Oslo"), this::meet);
    }

    private void now(Matching matching, int key, String city) {
        matching.now(Integer.toString(key), row(key, "city", city), this::meet);
    }

    private void meet(String key, JsonNode oldRow, JsonNode newRow) {
        assertThat(oldRow.path("id")).isEqualTo(newRow.path("id"));
        assertThat(oldRow.has("town") && newRow.has("city")).isTrue();
        met.add(key);
    }

    private void rest(Matching matching) {
        matching.rest((key, older, newer) -> {
            if (newer == null) {
                onlyOld.add(key);
            } else if (older == null) {
                onlyNew.add(key);
            } else {
                (older.equalTo(newer, 1) ? same : different).add(key);
            }
        });
    }

    private static JsonNode row(int key, String column, String value) {
        return Json.MAPPER.createObjectNode().put("id", key).put(column, value);
    }
}
