package com.listingsync.sink.batch;

import static com.listingsync.sink.batch.Rows.CHILDREN;
import static com.listingsync.sink.batch.Rows.PARENTS;
import static com.listingsync.sink.batch.Rows.parent;
import static com.listingsync.sink.batch.Rows.parents;
import static com.listingsync.sink.batch.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.mapping.TableLayout;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanTest {

    private static final BatchLimits ROOMY = new BatchLimits(500, 1_000_000);

    @Test
    void putsParentsBeforeChildrenAndPurgesBeforeBothTheOtherWayRound() {
        List<Row> rows = List.of(
                row(0, CHILDREN, RowAction.UPSERT, "c", 1),
                row(1, PARENTS, RowAction.PURGE, "p", 0),
                row(2, PARENTS, RowAction.UPSERT, "q", 1),
                row(3, CHILDREN, RowAction.PURGE, "d", 0));

        Plan plan = Plan.of(rows, table -> ROOMY);

        assertThat(plan.stages())
                .extracting(stage ->
                        stage.get(0).action() + " " + stage.get(0).table().name())
                .containsExactly("PURGE children", "PURGE parents", "UPSERT parents", "UPSERT children");
    }

    @Test
    void keepsUpsertsAndDeleteMarksInRequestsOfTheirOwn() {
        List<Row> rows = List.of(parent(0, "a", 1), row(1, PARENTS, RowAction.MARK_DELETED, "b", 1));

        Plan plan = Plan.of(rows, table -> ROOMY);

        assertThat(plan.stages()).hasSize(1);
        assertThat(plan.stages().get(0))
                .extracting(Batch::columns)
                .containsExactly(
                        List.of("id", "city", "deleted_at", "row_version"), List.of("id", "deleted_at", "row_version"));
    }

    @Test
    void sortsRowsByTheirIds() {
        Plan plan = Plan.of(List.of(parent(0, "c", 1), parent(1, "a", 1), parent(2, "b", 1)), table -> ROOMY);

        assertThat(plan.stages().get(0).get(0).rows()).extracting(Row::id).containsExactly("a", "b", "c");
    }

    @Test
    void cutsByRows() {
        Plan plan = Plan.of(parents(1_001), table -> ROOMY);

        assertThat(plan.stages().get(0)).extracting(Batch::size).containsExactly(500, 500, 1);
    }

    @Test
    void cutsByBytesAndLetsARowThatIsTooLargeTravelAlone() {
        // Each of these rows adds 16 bytes, the brackets one more.
        Plan plan = Plan.of(parents(5), table -> new BatchLimits(500, 33));
        Plan tight = Plan.of(parents(3), table -> new BatchLimits(500, 1));

        assertThat(plan.stages().get(0)).extracting(Batch::size).containsExactly(2, 2, 1);
        assertThat(plan.stages().get(0))
                .allSatisfy(batch -> assertThat(batch.bytes()).isLessThanOrEqualTo(33));
        assertThat(tight.stages().get(0)).extracting(Batch::size).containsExactly(1, 1, 1);
    }

    @Test
    void keepsAccountsApartWhereTheKeyHasSeveralColumns() {
        TableLayout table = new TableLayout(
                "pairs",
                List.of("a", "b"),
                List.of("a", "b", "row_version"),
                Optional.of("row_version"),
                Optional.empty(),
                0);
        Row one = row(0, table, RowAction.UPSERT, "1", 1);
        Row two = Rows.countedFor(row(1, table, RowAction.UPSERT, "2", 1), Optional.of(Rows.OTHER_ACCOUNT));

        Plan plan = Plan.of(List.of(one, two), layout -> ROOMY);

        assertThat(plan.stages().get(0)).noneMatch(Batch::mixed).hasSize(2);
    }

    @Test
    void letsRoundsOverlapOnlyWithoutAParentOrAPurgeUnderWay() {
        Plan parents = Plan.of(List.of(parent(0, "a", 1)), table -> ROOMY);
        Plan otherParents = Plan.of(List.of(parent(0, "b", 1)), table -> ROOMY);
        Plan children = Plan.of(List.of(row(0, CHILDREN, RowAction.UPSERT, "a", 1)), table -> ROOMY);
        Plan purge = Plan.of(List.of(row(0, PARENTS, RowAction.PURGE, "b", 0)), table -> ROOMY);
        Plan nothing = Plan.of(List.of(), table -> ROOMY);

        assertThat(otherParents.mayJoinEndOf(parents)).isTrue();
        assertThat(parents.mayJoinEndOf(children)).isTrue();
        assertThat(children.mayJoinEndOf(parents)).isFalse();
        assertThat(purge.mayJoinEndOf(parents)).isFalse();
        assertThat(parents.mayJoinEndOf(purge)).isFalse();
        assertThat(nothing.mayJoinEndOf(parents)).isFalse();
        assertThat(parents.mayJoinEndOf(nothing)).isFalse();
    }

    @Test
    void plansNothingForNothing() {
        assertThat(Plan.of(List.of(), table -> ROOMY).stages()).isEmpty();
    }
}
