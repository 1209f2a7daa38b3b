package com.listingsync.sink.cutover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.listingsync.common.wire.ListingPartitioner;
import com.listingsync.common.wire.RowKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is moved over: the same listings whenever it is asked, all of them with what belongs to them, and nobody back. */
class ShareTest {

    private static final int LISTINGS = 20_000;
    private static final int PARTITIONS = 12;

    /** Computed with sha256sum: a rule that changes would move listings between two syncs. */
    @ParameterizedTest
    @CsvSource({"AA13226,55", "W1234567,69", "crmls/1,70", "Ł-ö,17"})
    void bucket_isTheSameInEveryReleaseAndEveryLanguage(String listing, int bucket) {
        assertThat(Share.bucket(listing)).isEqualTo(bucket);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void share_onlyEverGrows(long seed) {
        for (String listing : listings(seed)) {
            boolean taken = false;
            for (int percent = 0; percent <= 100; percent++) {
                boolean now = new Share(percent).takes(listing);
                assertThat(now || !taken).as("%s at %d %%", listing, percent).isTrue();
                taken = now;
            }
            assertThat(taken).as("%s at 100 %%", listing).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10, 25, 50, 75, 100})
    void share_isAboutAsLargeAsItSays(int percent) {
        Share share = new Share(percent);
        for (int seed = 1; seed <= 5; seed++) {
            long taken = listings(seed).stream().filter(share::takes).count();

            assertThat(100.0 * taken / LISTINGS).isCloseTo(percent, within(percent % 100 == 0 ? 0.0 : 1.5));
        }
    }

    @Test
    void share_isAboutAsLargeInEveryPartition() {
        Share share = new Share(25);
        int[] all = new int[PARTITIONS];
        int[] taken = new int[PARTITIONS];
        for (String listing : listings(1)) {
            int partition = ListingPartitioner.partition(listing.getBytes(StandardCharsets.UTF_8), PARTITIONS);
            all[partition]++;
            taken[partition] += share.takes(listing) ? 1 : 0;
        }
        for (int partition = 0; partition < PARTITIONS; partition++) {
            assertThat(100.0 * taken[partition] / all[partition]).isCloseTo(25, within(5.0));
        }
    }

    @Test
    void share_hasAListingWithAllThatBelongsToIt() {
        Share share = new Share(40);
        for (String listing : listings(1)) {
            boolean taken = share.takes(listing);

            assertThat(share.takes(new RowKey(listing, "properties", listing))).isEqualTo(taken);
            assertThat(share.takes(new RowKey(listing, "media", "M1"))).isEqualTo(taken);
            assertThat(share.takes(new RowKey(listing, "listing_status_history", "H1")))
                    .isEqualTo(taken);
        }
    }

    @Test
    void everyShare_hasTheTablesOfRuns() {
        assertThat(new Share(0).takes(new RowKey("run-1", "sync_state", "run-1"))).isTrue();
        assertThat(new Share(0).takes(new RowKey("run-1", "sync_log", "run-1/a/b"))).isTrue();
        assertThat(new Share(0).takes(new RowKey("run-1", "properties", "run-1"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 101})
    void share_isRefusedOutsideZeroToHundred(int percent) {
        assertThatThrownBy(() -> new Share(percent)).hasMessageContaining("0 to 100").hasMessageContaining("" + percent);
    }

    private static List<String> listings(long seed) {
        Random random = new Random(seed);
        List<String> listings = new ArrayList<>(LISTINGS);
        for (int i = 0; i < LISTINGS; i++) {
            // Keys as MLSs have them: in a row, or at random.
            listings.add(seed % 2 == 0 ? "W" + (1_000_000 * seed + i) : Long.toString(random.nextLong() >>> 1, 36));
        }
        return listings;
    }
}
