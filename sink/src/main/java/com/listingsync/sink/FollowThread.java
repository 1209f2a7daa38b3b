package com.listingsync.sink;

import com.listingsync.common.health.ServiceEnd;
import com.listingsync.sink.follow.FollowLoop;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread of one {@link FollowLoop} and how it ends. Thread-safe. */
final class FollowThread {

    private static final Logger LOG = LoggerFactory.getLogger(FollowThread.class);
    private static final Duration END = Duration.ofSeconds(10);

    private final String name;
    private final FollowLoop loop;
    private final Thread thread;
    private final ServiceEnd end = new ServiceEnd();

    FollowThread(String name, FollowLoop loop) {
        this.name = name;
        this.loop = loop;
        this.thread = new Thread(this::run, "sink-" + name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void stop() {
        loop.stop();
    }

    /** Waits for the end; one that takes too long is broken off. */
    void awaitEnd() {
        try {
            if (!end.await(END)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            // The caller has no time; what is not recorded comes again.
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    /** Why it has ended by itself, in words; empty while it runs. */
    Optional<String> failure() {
        return end.failure()
                .map(cause -> name + " has stopped: " + cause.getClass().getSimpleName() + ": " + cause.getMessage());
    }

    private void run() {
        try {
            loop.run();
        } catch (RuntimeException | Error e) {
            // Kafka fenced us, or a bug of ours. Nothing is lost: what is not recorded comes again after a restart, for
            // which health asks. Rows go on meanwhile.
            end.failed(e);
            LOG.atError().addKeyValue("name", name).setCause(e).log("following has failed");
        } finally {
            end.ended();
        }
    }
}
