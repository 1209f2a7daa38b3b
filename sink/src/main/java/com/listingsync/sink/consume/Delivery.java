package com.listingsync.sink.consume;

import com.listingsync.sink.deliver.AbandonedException;
import com.listingsync.sink.deliver.Abandonment;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;

/** A round that is under way. Thread-safe. */
final class Delivery {

    private final Round round;
    private final Abandonment abandonment;
    private final CompletableFuture<?> lastStage;
    private final CompletableFuture<RoundReport> outcome;
    private final IntSupplier batchesLeft;

    /**
     * @param lastStage is done when the batches of the last stage have been handed to the workers
     * @param batchesLeft batches of its plan that are not done
     */
    Delivery(
            Round round,
            Abandonment abandonment,
            CompletableFuture<?> lastStage,
            CompletableFuture<RoundReport> outcome,
            IntSupplier batchesLeft) {
        this.round = round;
        this.abandonment = abandonment;
        this.lastStage = lastStage;
        this.outcome = outcome;
        this.batchesLeft = batchesLeft;
    }

    /** Whether all that is left of it is under way or waits for a worker. */
    boolean isEnding() {
        return lastStage.isDone();
    }

    /** Done when it is, however it ended. */
    CompletableFuture<Void> end() {
        return outcome.handle((report, failure) -> null);
    }

    Round round() {
        return round;
    }

    /** Batches of its plan that are not done. */
    int batchesLeft() {
        return batchesLeft.getAsInt();
    }

    /** Waits this long at most; whether each of its rows is dealt with, or its delivery has failed. */
    boolean awaitDone(Duration atMost) throws InterruptedException {
        try {
            outcome.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            // Whoever asks for the report meets it there.
            return true;
        }
        return true;
    }

    /**
     * What became of it, once it is done.
     *
     * @throws AbandonedException when it was abandoned before the end
     */
    RoundReport report() {
        try {
            return outcome.join();
        } catch (CompletionException e) {
            // Our own bug, or an abandonment: the loop tells them apart, and stops the service for the former.
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Sends nothing more of it; its rows come again. */
    void giveUp() {
        abandonment.abandon();
    }

    /** As {@link #giveUp}, and waits for what is under way. */
    void abandon() {
        giveUp();
        outcome.exceptionally(failure -> null).join();
    }
}
