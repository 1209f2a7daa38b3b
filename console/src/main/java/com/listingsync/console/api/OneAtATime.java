package com.listingsync.console.api;

import com.listingsync.console.http.Problem;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one call at a time do something. The others wait a little, and then are told: what takes hours must not hold every thread that
 * answers. Thread-safe.
 */
final class OneAtATime {

    private final ReentrantLock lock = new ReentrantLock();
    private final Duration patience;
    private final String busy;

    /**
     * @param patience how long a call waits for the one before
     * @param busy what it is told then
     */
    OneAtATime(Duration patience, String busy) {
        this.patience = patience;
        this.busy = busy;
    }

    /** What is done. */
    interface Work<T> {
        T done() throws InterruptedException;
    }

    /**
     * Does it when nobody else does.
     *
     * @throws Problem (409) when somebody else does it for longer than is waited for
     */
    <T> T run(Work<T> work) throws InterruptedException {
        if (!lock.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw Problem.of(409, busy).with("retry-after", "10");
        }
        try {
            return work.done();
        } finally {
            lock.unlock();
        }
    }
}
