package com.listingsync.producer.presence;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.producer.connection.Sweeping;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SweepRuleTest {

    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final Sweeping DAY = new Sweeping(Optional.empty(), Duration.ofHours(24), 0.1, 1_000);

    @Nested
    class Grace {

        @Test
        void believesNoSingleSweep() {
            SweepRule rule = rule(7, 100 * HOUR, 0);

            assertThat(rule.gone(rule.missed(Optional.empty()))).isFalse();
        }

        @Test
        void wantsTheTimeAsWellAsTheSweeps() {
            Absence first = new Absence(7, 100 * HOUR);

            assertThat(rule(8, 123 * HOUR, 0).gone(first)).isFalse();
            assertThat(rule(8, 124 * HOUR, 0).gone(first)).isTrue();
            assertThat(rule(7, 200 * HOUR, 0).gone(first)).isFalse();
        }

        @Test
        void beginsWithTheFirstSweepThatMissed() {
            Absence first = new Absence(3, 5);

            assertThat(rule(9, 200 * HOUR, 0).missed(Optional.of(first))).isEqualTo(first);
        }
    }

    @Nested
    class Brake {

        @Test
        void holdsMoreThanTheShare() {
            assertThat(rule(1, 0, 0).brake(100, 1_000)).isEmpty();
            assertThat(rule(1, 0, 0).brake(101, 1_000))
                    .contains("a sweep misses 101 of 1000 known records, more than 10% at once; none is deleted");
        }

        @Test
        void holdsMoreThanTheLimitWhateverTheShare() {
            assertThat(rule(1, 0, 0).brake(1_000, 1_000_000)).isEmpty();
            assertThat(rule(1, 0, 0).brake(1_001, 1_000_000)).isPresent();
        }

        @Test
        void letsAFewGoWhateverTheirShare() {
            assertThat(rule(1, 0, 0).brake(20, 25)).isEmpty();
            assertThat(rule(1, 0, 0).brake(21, 25)).isPresent();
        }

        @Test
        void leavesOutWhatAPersonConfirmed() {
            assertThat(rule(5, 0, 4).confirmed(new Absence(4, 0))).isTrue();
            assertThat(rule(5, 0, 4).confirmed(new Absence(5, 0))).isFalse();
        }
    }

    @Nested
    class Belief {

        @Test
        void refusesAnEmptyReadingOfAFeedThatHadRecords() {
            assertThat(SweepRule.disbelief(0, Optional.of(0L), 5))
                    .contains("its server gave no key at all, while 5 records are known");
            assertThat(SweepRule.disbelief(0, Optional.of(0L), 0)).isEmpty();
        }

        @Test
        void refusesACountThatContradictsWhatWasRead() {
            assertThat(SweepRule.disbelief(900, Optional.of(1_000L), 1_000))
                    .contains("its server gave 900 keys and said that there are 1000");
            assertThat(SweepRule.disbelief(1_000, Optional.of(900L), 1_000)).isPresent();
        }

        @Test
        void toleratesWhatChangesWhileItIsRead() {
            assertThat(SweepRule.disbelief(995, Optional.of(1_000L), 1_000)).isEmpty();
            assertThat(SweepRule.disbelief(7, Optional.of(10L), 10)).isEmpty();
            assertThat(SweepRule.disbelief(10, Optional.empty(), 10)).isEmpty();
        }
    }

    private static SweepRule rule(long number, long at, long confirmed) {
        return new SweepRule(DAY, number, at, confirmed);
    }
}
