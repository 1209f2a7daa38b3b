package com.listingsync.producer.mls;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.wire.ContentHash;
import com.listingsync.common.wire.SourceKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LastMomentTest {

    /** What a broker takes as one record, unless it is told otherwise. */
    private static final int RECORD_BYTES = 1_048_588;

    @Test
    void remembersAllOfAMomentInWhichThousandsOfRecordsChanged() {
        assertThat(moment(7_000, 36).seen()).hasSize(7_000);
    }

    @Test
    void forgetsRatherThanGrowLargerThanACheckpointMayBe() {
        for (int length : new int[] {10, 36, 255, SourceKey.MOST_BYTES}) {
            for (int records : new int[] {400, 2_000, 7_500, 20_000}) {
                MlsCheckpoint checkpoint = new MlsCheckpoint(
                        "2026-11-22T08:00:00Z",
                        "k".repeat(length),
                        null,
                        null,
                        "run",
                        true,
                        false,
                        null,
                        List.of(),
                        moment(records, length));

                assertThat(checkpoint.bytes()).hasSizeLessThan(RECORD_BYTES / 2);
            }
        }
    }

    private static LastMoment moment(int records, int length) {
        Map<String, String> seen = IntStream.range(0, records)
                .mapToObj(number -> Integer.toString(number))
                .collect(Collectors.toMap(
                        number -> "k".repeat(length - number.length()) + number,
                        number -> ContentHash.of(number.getBytes(StandardCharsets.UTF_8))));
        return LastMoment.NONE.with(ClockGrain.FINER, 0, seen);
    }
}
