package com.listingsync.console.shell;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The wish, by Ctrl-C or SIGTERM, that the process ends. Thread-safe.
 *
 * <p>The command that runs is told, stops what it started and returns; then the process ends with the command's own exit
 * code. Without this, a signal would end it with 128 plus the signal's number, however cleanly it stopped.
 */
public final class StopSignal {

    /**
     * Within the 45 s that docker-compose.yml and docs/deployment.md give until the kill, and longer than any service waits for what
     * it closes. Whatever is not closed by then is recovered at the next start.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();

    /** A signal nobody has sent. */
    public StopSignal() {}

    /** The signal that this process gets from outside. */
    public static StopSignal ofThisProcess() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(signal::endProcess, "stop-signal"));
        return signal;
    }

    /** Asks the running command to stop. */
    public void request() {
        requested.countDown();
    }

    /** Whether the command was asked to stop. */
    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /**
     * Waits until the command is asked to stop.
     *
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public void await() throws InterruptedException {
        requested.await();
    }

    /**
     * Waits until the command is asked to stop, at most this long.
     *
     * @return whether it was asked
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public boolean await(Duration patience) throws InterruptedException {
        return requested.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Calls {@code action}, on a thread of its own, when the command is asked to stop. */
    public void onRequest(String name, Runnable action) {
        Thread thread = new Thread(
                () -> {
                    try {
                        requested.await();
                        action.run();
                    } catch (InterruptedException e) {
                        // Nobody interrupts this thread but a test that is over; nothing is waiting for the action
                        // then.
                        Thread.currentThread().interrupt();
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Says that the command has returned, with this exit code. */
    public void finished(int code) {
        exitCode.complete(code);
    }

    private void endProcess() {
        request();
        try {
            Runtime.getRuntime().halt(exitCode.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        } catch (TimeoutException | ExecutionException | InterruptedException e) {
            // The command did not stop in time: transactions under way are rolled back by their timeouts.
            Runtime.getRuntime().halt(1);
        }
    }
}
