package com.listingsync.console.up;

import com.listingsync.common.setting.SettingsException;
import com.listingsync.console.shell.CommandFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Starts that don't need each other, side by side, each on a thread of its own. Confined to one thread.
 */
final class Together {

    private final Parts parts;
    private final List<CompletableFuture<?>> starts = new ArrayList<>();

    Together(Parts parts) {
        this.parts = parts;
    }

    /** Begins a start; what it makes is one of the parts. */
    <T extends AutoCloseable> CompletableFuture<T> begin(String name, Callable<T> start) {
        CompletableFuture<T> future = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        future.complete(parts.add(name, started(name, start)));
                    } catch (RuntimeException | Error e) {
                        // The top of this thread: whoever waits for this start gets it and closes the others.
                        future.completeExceptionally(e);
                    }
                },
                "start-" + name);
        thread.setDaemon(true);
        thread.start();
        starts.add(future);
        return future;
    }

    /**
     * Waits for all of them.
     *
     * @throws CommandFailure or SettingsException, the first one's, when one failed and all have come to their end
     */
    void join() {
        try {
            CompletableFuture.allOf(starts.toArray(CompletableFuture<?>[]::new)).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /**
     * Starts one part here and now.
     *
     * @throws CommandFailure when it does not start, saying which and why in one sentence
     * @throws SettingsException when a setting is wrong
     */
    static <T> T started(String name, Callable<T> start) {
        try {
            return start.call();
        } catch (SettingsException e) {
            throw e;
        } catch (Exception e) {
            // Every kind of trouble at a start ends the 'up'; the parts' own messages are written for people.
            throw new CommandFailure(
                    name + " does not start: "
                            + Objects.requireNonNullElse(
                                    e.getMessage(), e.getClass().getSimpleName()),
                    e);
        }
    }
}
