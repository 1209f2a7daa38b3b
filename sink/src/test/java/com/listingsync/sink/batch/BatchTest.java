package com.listingsync.sink.batch;

import static com.listingsync.sink.batch.Rows.batch;
import static com.listingsync.sink.batch.Rows.parents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BatchTest {

    @Test
    void halvesIntoSortedHalvesThatTogetherAreTheWhole() {
        List<Batch> halves = batch(5).halves();

        assertThat(halves).extracting(Batch::size).containsExactly(3, 2);
        assertThat(halves)
                .allSatisfy(half -> assertThat(half.rows()).extracting(Row::id).isSorted());
        assertThat(halves).flatExtracting(Batch::rows).containsExactlyInAnyOrderElementsOf(parents(5));
        assertThatIllegalStateException().isThrownBy(() -> batch(1).halves());
    }

    @Test
    void findsOneBadRowOfFiveHundredInEighteenRequestsMore() {
        for (int bad = 0; bad < 500; bad++) {
            assertThat(requests(batch(500), Set.of(String.format("r%05d", bad))))
                    .as("row %d", bad)
                    .isLessThanOrEqualTo(19);
        }
    }

    @Test
    void findsTenBadRowsOfTenThousandInNineteenRequestsMoreEach() {
        Random random = new Random(7);
        Set<String> bad = random.ints(0, 10_000)
                .distinct()
                .limit(10)
                .mapToObj(i -> String.format("r%05d", i))
                .collect(Collectors.toSet());
        int requests = 0;
        for (Batch batch : Plan.of(parents(10_000), table -> new BatchLimits(500, 1_000_000))
                .stages()
                .get(0)) {
            requests += requests(batch, bad);
        }

        assertThat(requests).isLessThanOrEqualTo(20 + 10 * 19);
    }

    @Test
    void isMixedWhenItsRowsAreCountedInDifferentBooks() {
        Row counted = parents(2).get(0);
        Row other = Rows.countedFor(parents(2).get(1), Optional.of(Rows.OTHER_ACCOUNT));
        Row uncounted = Rows.countedFor(parents(2).get(1), Optional.empty());

        assertThat(batch(5).mixed()).isFalse();
        assertThat(new Batch(Rows.PARENTS, RowAction.UPSERT, List.of(counted, other)).mixed())
                .isTrue();
        assertThat(new Batch(Rows.PARENTS, RowAction.UPSERT, List.of(counted, uncounted)).mixed())
                .isTrue();
    }

    /** Requests until every row but the bad ones is written. */
    private static int requests(Batch whole, Set<String> bad) {
        int requests = 0;
        List<String> refused = new ArrayList<>();
        Deque<Batch> pending = new ArrayDeque<>(List.of(whole));
        while (!pending.isEmpty()) {
            Batch batch = pending.pop();
            requests++;
            List<String> found =
                    batch.rows().stream().map(Row::id).filter(bad::contains).toList();
            if (!found.isEmpty() && batch.size() == 1) {
                refused.addAll(found);
            } else if (!found.isEmpty()) {
                batch.halves().forEach(pending::push);
            }
        }
        assertThat(bad).containsAll(refused);
        return requests;
    }
}
