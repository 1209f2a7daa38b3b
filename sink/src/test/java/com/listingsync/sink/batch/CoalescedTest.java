package com.listingsync.sink.batch;

import static com.listingsync.sink.batch.Rows.CHILDREN;
import static com.listingsync.sink.batch.Rows.PARENTS;
import static com.listingsync.sink.batch.Rows.parent;
import static com.listingsync.sink.batch.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CoalescedTest {

    @Test
    void keepsTheLastRecordOfARow() {
        Row first = parent(0, "a", 1);
        Row other = parent(1, "b", 1);
        Row last = parent(2, "a", 2);

        Coalesced coalesced = Coalesced.of(List.of(first, other, last));

        assertThat(coalesced.latest()).containsExactly(last, other);
        assertThat(coalesced.superseded()).containsExactly(first);
    }

    @Test
    void isDisjointFromWhatHoldsNoVersionOfItsRows() {
        Coalesced a = Coalesced.of(List.of(parent(0, "a", 1)));

        assertThat(a.disjoint(Coalesced.of(List.of(parent(0, "b", 1))))).isTrue();
        assertThat(a.disjoint(Coalesced.of(List.of(row(0, CHILDREN, RowAction.UPSERT, "a", 1)))))
                .isTrue();
        assertThat(a.disjoint(Coalesced.of(List.of(parent(0, "b", 1), parent(1, "a", 2)))))
                .isFalse();
    }

    @Test
    void keepsTheLaterOfTwoEqualVersions() {
        Row first = parent(0, "a", 1);
        Row last = parent(1, "a", 1);

        assertThat(Coalesced.of(List.of(first, last)).latest()).containsExactly(last);
    }

    @Test
    void keepsTheHigherVersionOfARowThatMovedBetweenPartitions() {
        Row newer = parent(0, "a", 9);
        Row older = parent(1, "a", 3);

        Coalesced coalesced = Coalesced.of(List.of(newer, older));

        assertThat(coalesced.latest()).containsExactly(newer);
        assertThat(coalesced.superseded()).containsExactly(older);
    }

    @Test
    void letsAPurgeWinAndLose() {
        Row upsert = parent(0, "a", 5);
        Row purge = row(1, PARENTS, RowAction.PURGE, "a", 0);
        Row again = parent(2, "a", 6);

        assertThat(Coalesced.of(List.of(upsert, purge)).latest()).containsExactly(purge);
        assertThat(Coalesced.of(List.of(upsert, purge, again)).latest()).containsExactly(again);
    }

    @Test
    void tellsTablesApart() {
        Row parent = parent(0, "a", 1);
        Row child = row(1, CHILDREN, RowAction.UPSERT, "a", 1);

        assertThat(Coalesced.of(List.of(parent, child)).latest()).containsExactly(parent, child);
    }
}
