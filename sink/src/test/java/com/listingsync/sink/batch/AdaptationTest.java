package com.listingsync.sink.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the sink learns from the server. */
class AdaptationTest {

    @Nested
    class OfTheBatchSize {

        @Test
        void halvesWhatWasTooLarge() {
            BatchSize size = BatchSize.full(500).tooLarge(500);

            assertThat(size.rows()).isEqualTo(250);
            assertThat(size.tooLarge(40).rows()).isEqualTo(20);
            assertThat(size.tooLarge(1).rows()).isEqualTo(1);
        }

        @Test
        void growsSlowlyBackToWhatWasConfigured() {
            BatchSize size = BatchSize.full(500).tooLarge(500);
            int successes = 0;
            while (size.rows() < 500) {
                size = size.accepted(size.rows());
                successes++;
            }

            assertThat(successes).isBetween(10, 20);
            assertThat(size.accepted(500)).isEqualTo(BatchSize.full(500));
        }

        @Test
        void learnsNothingFromASmallerBatch() {
            BatchSize size = BatchSize.full(500).tooLarge(500);

            assertThat(size.accepted(249)).isEqualTo(size);
        }
    }

    @Nested
    class OfTheRequestsInFlight {

        @Test
        void halvesUnderLoadAndNeverStops() {
            InFlight limit = InFlight.full(8);

            assertThat(limit.overloaded().limit()).isEqualTo(4);
            assertThat(limit.overloaded().overloaded().overloaded().overloaded().limit())
                    .isEqualTo(1);
        }

        @Test
        void growsByOneAfterAsManySuccesses() {
            InFlight limit = InFlight.full(8).overloaded();

            assertThat(after(limit, 3).limit()).isEqualTo(4);
            assertThat(after(limit, 4).limit()).isEqualTo(5);
            assertThat(after(limit, 1_000).limit()).isEqualTo(8);
        }

        private static InFlight after(InFlight limit, int successes) {
            return IntStream.range(0, successes).boxed().reduce(limit, (now, i) -> now.succeeded(), (a, b) -> b);
        }
    }

    @Nested
    class OfWhatIsAtFault {

        @Test
        void suspectsTheTableWhenOneReasonRefusesManyListingsAndMostRows() {
            RefusalTrend trend = new RefusalTrend(50);
            trend.taken(10);

            Rows.parents(49).forEach(row -> trend.refused(row, "23514"));
            assertThat(trend.systemic("23514")).isFalse();
            trend.refused(Rows.parent(49, "r99999", 1), "23514");

            assertThat(trend.systemic("23514")).isTrue();
            assertThat(trend.systemic("22P02")).isFalse();
        }

        @Test
        void blamesTheRowsWhenMoreAreTaken() {
            RefusalTrend trend = new RefusalTrend(50);
            trend.taken(100);

            Rows.parents(100).forEach(row -> trend.refused(row, "23514"));

            assertThat(trend.systemic("23514")).isFalse();
        }

        @Test
        void blamesTheListingWhenAllItsChildrenAreRefused() {
            RefusalTrend trend = new RefusalTrend(50);

            for (int i = 0; i < 200; i++) {
                Row child = Rows.parent(i, "c" + i, 1);
                trend.refused(
                        new Row(i, child.table(), child.action(), "L1", child.id(), 1, child.json(), child.account()),
                        "23503");
            }

            assertThat(trend.systemic("23503")).isFalse();
        }

        @Test
        void neverSuspectsTheTableWhenToldNotTo() {
            RefusalTrend trend = new RefusalTrend(0);

            Rows.parents(1_000).forEach(row -> trend.refused(row, "23514"));

            assertThat(trend.systemic("23514")).isFalse();
        }
    }
}
