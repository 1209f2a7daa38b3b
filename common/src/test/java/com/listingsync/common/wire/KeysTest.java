package com.listingsync.common.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys read plainly in any tool, survive any MLS key, and choose the partition by the listing alone. */
class KeysTest {

    @Nested
    class SourceKeys {

        @Test
        void readPlainlyWhenTheirPartsAreOrdinary() {
            assertThat(SourceKey.ofListing("X123", "idx")).hasToString("X123/idx");
            assertThat(SourceKey.ofChild("X123", "X123-1", "idx")).hasToString("X123/X123-1/idx");
        }

        @ParameterizedTest
        @ValueSource(strings = {"plain", "a/b", "100%", "%2F", "%25/", "Ä/漢字", " "})
        void surviveAnyKeyOfASource(String key) {
            SourceKey original = SourceKey.ofChild(key, key, key);

            SourceKey read = SourceKey.of(original.bytes());

            assertThat(read).isEqualTo(original);
        }

        @Test
        void refuseOtherNumbersOfParts() {
            assertThatThrownBy(() -> SourceKey.of("a/b/c/d"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a source key is 'listing/connection' or 'listing/child/connection'; found 4 parts");
            assertThatThrownBy(() -> SourceKey.of("a"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageEndingWith("found 1 part");
        }

        @Test
        void differByConnection() {
            assertThat(SourceKey.ofListing("X1", "idx")).isNotEqualTo(SourceKey.ofListing("X1", "vow"));
            assertThat(SourceKey.of("X1/idx").connection()).isEqualTo("idx");
            assertThat(SourceKey.of("X1/M1/vow").child()).contains("M1");
        }
    }

    @Nested
    class RowKeys {

        @Test
        void putTheListingFirst() {
            assertThat(new RowKey("X1", "media", "M/1")).hasToString("X1/media/M%2F1");
        }

        @Test
        void surviveTheirBytes() {
            RowKey key = new RowKey("X/1", "media", "M%1");

            assertThat(RowKey.of(key.bytes())).isEqualTo(key);
        }

        @Test
        void refuseFewerPartsThanThree() {
            assertThatThrownBy(() -> RowKey.of("a/b".getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("found 2 parts");
        }
    }

    @Nested
    class Partitions {

        @Test
        void bringAListingItsChildrenAndTheirRowsTogether() {
            for (int i = 0; i < 200; i++) {
                String listing = "X" + i + (i % 7 == 0 ? "/odd" : "");
                Set<Integer> partitions = new HashSet<>();
                partitions.add(ListingPartitioner.partition(
                        SourceKey.ofListing(listing, "idx").bytes(), 12));
                partitions.add(ListingPartitioner.partition(
                        SourceKey.ofChild(listing, "m" + i, "vow").bytes(), 12));
                partitions.add(ListingPartitioner.partition(new RowKey(listing, "media", "m" + i).bytes(), 12));

                assertThat(partitions).hasSize(1);
            }
        }

        @Test
        void agreeWithKafkasOwnPartitionerForAPlainListing() {
            byte[] key = "X1234567".getBytes(StandardCharsets.UTF_8);

            assertThat(ListingPartitioner.partition(key, 12)).isEqualTo(Utils.toPositive(Utils.murmur2(key)) % 12);
        }
    }
}
