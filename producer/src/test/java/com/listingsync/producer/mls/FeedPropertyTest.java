package com.listingsync.producer.mls;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.producer.connection.Paging;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Draws feeds, servers and troubles by chance and compares what reached the topic with what the server holds. {@code
 * -Dseeds=5000} draws more of them, {@code -Dseed=17} that one alone.
 */
class FeedPropertyTest {

    private static final long ONE = Long.getLong("seed", -1);
    private static final int SEEDS = Integer.getInteger("seeds", 150);

    @Test
    void bringsWhatTheServerHoldsWhateverHappens() {
        for (long seed = ONE < 0 ? 0 : ONE; seed < (ONE < 0 ? SEEDS : ONE + 1); seed++) {
            Random random = new Random(seed * 0x9E3779B97F4A7C15L);
            Paging paging = Paging.values()[random.nextInt(Paging.values().length)];
            try (DrawnHistory history = new DrawnHistory(random, paging)) {
                history.unfold();

                String as = "-Dseed=" + seed + ": " + history;
                assertThat(history.differences()).as(as).isEmpty();
                if (history.bringsNothingTwice()) {
                    assertThat(history.emittedTwice()).as(as).isEmpty();
                }
            } catch (RuntimeException e) {
                throw new AssertionError("-Dseed=" + seed + " failed", e);
            }
        }
    }
}
