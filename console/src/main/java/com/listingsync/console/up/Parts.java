package com.listingsync.console.up;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has been started, closed in reverse. Thread-safe. */
final class Parts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

    private final Deque<Part> started = new ArrayDeque<>();

    private record Part(String name, AutoCloseable closeable) {}

    /** Notes that this was started; answers with it. */
    synchronized <T extends AutoCloseable> T add(String name, T part) {
        started.push(new Part(name, part));
        LOG.info("{} has started", name);
        return part;
    }

    @Override
    public synchronized void close() {
        while (!started.isEmpty()) {
            Part part = started.pop();
            long begun = System.nanoTime();
            try {
                part.closeable().close();
                LOG.atInfo()
                        .addKeyValue("millis", (System.nanoTime() - begun) / 1_000_000)
                        .log("{} has stopped", part.name());
            } catch (Exception e) {
                // The others still have to be stopped; this one goes with the process.
                LOG.atWarn().setCause(e).log("{} did not stop cleanly", part.name());
            }
        }
    }
}
