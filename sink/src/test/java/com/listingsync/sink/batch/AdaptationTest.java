package com.listingsync.sink.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the sink learns from the server. */
class AdaptationTest {

    private static final long QUICK = Duration.ofMillis(30).toNanos();
    private static final long SLOW = Duration.ofSeconds(4).toNanos();

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
                size = size.accepted(size.rows(), QUICK);
                successes++;
            }

            assertThat(successes).isBetween(10, 20);
            assertThat(size.accepted(500, QUICK)).isEqualTo(BatchSize.full(500));
        }

        @Test
        void learnsNothingFromASmallerBatch() {
            BatchSize size = BatchSize.full(500).tooLarge(500);

            assertThat(size.accepted(249, QUICK)).isEqualTo(size);
        }

        @Test
        void shrinksByAQuarterWhenABatchTookLong() {
            BatchSize size = BatchSize.full(500).accepted(500, SLOW);

            assertThat(size.rows()).isEqualTo(375);
            assertThat(size.accepted(40, SLOW).rows()).isEqualTo(30);
            assertThat(new BatchSize(1, 500).accepted(1, SLOW).rows()).isEqualTo(1);
        }

        @Test
        void staysWhereBatchesAreNeitherQuickNorSlow() {
            BatchSize size = BatchSize.full(500).tooLarge(500);

            assertThat(size.accepted(250, Duration.ofSeconds(2).toNanos())).isEqualTo(size);
        }
    }

    @Nested
    class OfTheRequestsInFlight {

        @Test
        void beginsWithFour() {
            assertThat(InFlight.first(16).limit()).isEqualTo(4);
            assertThat(InFlight.first(2).limit()).isEqualTo(2);
        }

        @Test
        void halvesUnderLoadAndNeverStops() {
            InFlight limit = new InFlight(8, 8, 0, 0);

            assertThat(limit.overloaded().limit()).isEqualTo(4);
            assertThat(limit.overloaded().overloaded().overloaded().overloaded().limit())
                    .isEqualTo(1);
        }

        @Test
        void growsInLeapsWhileNothingWaits() {
            assertThat(after(InFlight.first(64), 4, 0).limit()).isEqualTo(6);
            assertThat(after(InFlight.first(64), 4 + 6 + 9, 0).limit()).isEqualTo(13);
            assertThat(after(InFlight.first(16), 1_000, 0).limit()).isEqualTo(16);
        }

        @Test
        void growsByOneWhileFewWait() {
            assertThat(after(InFlight.first(16), 3, 0.5).limit()).isEqualTo(4);
            assertThat(after(InFlight.first(16), 4, 0.5).limit()).isEqualTo(5);
        }

        @Test
        void settlesWhereSomeWait() {
            // A server that works on two at a time: of n requests n - 2 wait.
            InFlight limit = InFlight.first(64);
            for (int i = 0; i < 1_000; i++) {
                limit = limit.succeeded(Math.max(0, 1 - 2.0 / limit.limit()));
            }

            assertThat(limit.limit()).isBetween(5, 8);
        }

        @Test
        void shrinksByOneWhenManyWait() {
            assertThat(after(new InFlight(16, 16, 0, 0), 16, 0.9).limit()).isEqualTo(15);
        }

        private static InFlight after(InFlight limit, int successes, double share) {
            InFlight now = limit;
            for (int i = 0; i < successes; i++) {
                now = now.succeeded(share);
            }
            return now;
        }
    }

    @Nested
    class OfThePaceOfTheServer {

        @Test
        void takesTheShortestTimeForThatOfAnIdleServer() {
            Pace pace = Pace.UNKNOWN.after(500, 40).after(500, 10).after(500, 12);

            assertThat(pace.waitingShare(10)).isZero();
            assertThat(pace.waitingShare(20)).isEqualTo(0.5);
        }

        @Test
        void learnsNothingFromSmallBatches() {
            Pace pace = Pace.UNKNOWN.after(500, 100);

            assertThat(pace.comparable(399)).isFalse();
            assertThat(pace.comparable(400)).isTrue();
            assertThat(Pace.UNKNOWN.comparable(0)).isFalse();
        }

        @Test
        void beginsAnewWithLargerBatches() {
            assertThat(Pace.UNKNOWN.after(10, 5).after(500, 100)).isEqualTo(new Pace(100, 500));
        }

        @Test
        void forgetsWhatIsLongAgo() {
            Pace pace = Pace.UNKNOWN.after(500, 1_000);
            for (int i = 0; i < 500; i++) {
                pace = pace.after(500, 100_000);
            }

            assertThat(pace.waitingShare(100_000)).isLessThan(0.05);
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
