package com.listingsync.processor.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.event.Operation;
import com.listingsync.common.event.View;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.mapping.Statuses;
import com.listingsync.processor.rule.Merge.Offer;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {

    @Nested
    class RowVersions {

        @Test
        void tellTheTimeInMicroseconds() {
            assertThat(RowVersion.next(0, 1_000, Operation.DELETE)).isEqualTo(1_000_000);
        }

        @Test
        void growEvenWhenTimeDoesNot() {
            assertThat(RowVersion.next(5_000_000, 1_000, Operation.UPSERT)).isEqualTo(5_000_001);
        }

        @Test
        void putUpsertAboveDeleteOfSameMillisecond() {
            assertThat(RowVersion.next(0, 1_000, Operation.UPSERT))
                    .isGreaterThan(RowVersion.next(0, 1_000, Operation.DELETE));
        }
    }

    @Nested
    class Merges {

        @Test
        void takeTheNewestRecord() {
            assertThat(Merge.winner(Map.of("a", new Offer(6, View.IDX), "b", new Offer(5, View.VOW))))
                    .isEqualTo("a");
        }

        @Test
        void takeTheRichestOfEquallyNewViews() {
            assertThat(Merge.winner(Map.of("b", new Offer(5, View.IDX), "a", new Offer(5, View.VOW))))
                    .isEqualTo("a");
            assertThat(Merge.winner(Map.of("b", new Offer(5, View.IDX), "a", new Offer(5, View.NONE))))
                    .isEqualTo("a");
        }
    }

    @Nested
    class Actions {

        private final Statuses statuses = Mapping.standard().statuses();

        @ParameterizedTest
        @CsvSource({
            "active, closed, UNPUBLISH",
            "pending, closed, UNPUBLISH",
            "active, withdrawn, UNPUBLISH",
            "active, expired, UNPUBLISH",
            "active, canceled, UNPUBLISH",
            "closed, deleted, UNPUBLISH",
            "closed, active, RELISTED",
            "deleted, coming_soon, RELISTED",
            "pending, active, RESTORED",
            "active_under_contract, active, RESTORED",
            "coming_soon, active, NONE",
            "active, pending, NONE",
            "active, hold, NONE",
            "hold, active, NONE",
            "odd_word, active, NONE",
            "active, odd_word, NONE"
        })
        void followFromBothWords(String from, String to, StatusAction expected) {
            assertThat(StatusAction.of(from, to, statuses)).isEqualTo(expected);
        }
    }

    @Nested
    class Fingerprints {

        @Test
        void areTheNumberOfTheirHexDigits() {
            assertThat(Fingerprint.of("00000000000000ff")).isEqualTo(255);
            assertThat(Fingerprint.of("ffffffffffffffff")).isEqualTo(-1);
        }

        @Test
        void tellOtherTextsApart() {
            assertThat(Fingerprint.of("abc")).isNotEqualTo(Fingerprint.of("abd"));
            assertThat(Fingerprint.of("")).isEqualTo(Fingerprint.NONE);
        }
    }
}
