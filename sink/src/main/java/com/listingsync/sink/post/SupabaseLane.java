package com.listingsync.sink.post;

import com.listingsync.sink.deliver.TableAccess.AwayException;
import com.listingsync.sink.lane.Attempt;
import com.listingsync.sink.lane.Attempt.Trouble;
import com.listingsync.sink.lane.Errand;
import com.listingsync.sink.lane.Lane;
import com.listingsync.sink.lane.LaneRule;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What is asked of Supabase about posts: asked until it answers, however long that takes. Thread-safe. */
final class SupabaseLane implements AutoCloseable {

    private static final Duration FIRST_DELAY = Duration.ofMillis(500);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);
    private static final int BREAKER_THRESHOLD = 5;

    private final Lane lane = new Lane(
            "Supabase",
            new LaneRule(
                    Duration.ZERO, FIRST_DELAY, LONGEST_DELAY, Optional.empty(), BREAKER_THRESHOLD, LONGEST_DELAY));

    /**
     * Something asked of Supabase.
     *
     * @param <T> the answer
     */
    @FunctionalInterface
    interface Question<T> {
        T answer() throws AwayException;
    }

    /** Asks; no post counts as failed because Supabase was down. */
    <T> CompletableFuture<T> ask(Question<T> question) {
        return lane.send(new Errand<>() {
            @Override
            public Attempt<T> attempt(int number) {
                try {
                    return new Attempt.Done<>(question.answer());
                } catch (AwayException e) {
                    // Asked again; health says why meanwhile.
                    return new Attempt.Again<>(e.cause(), e.words(), e.pause(), Trouble.AWAY);
                }
            }

            @Override
            public T givenUp(Attempt.Again<T> last, int attempts) {
                throw new IllegalStateException("this lane never gives up");
            }
        });
    }

    /** Why nothing is answered at present; empty when it is. */
    Optional<String> trouble() {
        return lane.trouble();
    }

    @Override
    public void close() {
        lane.close();
    }
}
