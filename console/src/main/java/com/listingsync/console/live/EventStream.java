package com.listingsync.console.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.console.http.Outlet;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events (WHATWG HTML §9.2) for many at once: an event is encoded once, and every listener's queue gets the same
 * bytes. A listener that does not keep up is cut off; it comes back and gets everything as it is then. Thread-safe.
 */
public final class EventStream implements AutoCloseable {

    /** More than this many open pages are no dashboards. */
    public static final int MOST_LISTENERS = 1_000;

    private static final int QUEUE = 64;
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final ByteBuffer STILL_HERE = bytes(": still here\n\n");

    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "events-heartbeat");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * An event.
     *
     * @param name its kind
     * @param data what it says, on one line
     */
    public record Event(String name, JsonNode data) {
        ByteBuffer bytes() {
            return EventStream.bytes("event: " + name + "\ndata: " + data + "\n\n");
        }
    }

    public void start() {
        var unused = timer.scheduleAtFixedRate(
                () -> listeners.forEach(each -> each.offer(STILL_HERE)),
                HEARTBEAT.toMillis(),
                HEARTBEAT.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Whether there is room for one more. */
    public boolean hasRoom() {
        return listeners.size() < MOST_LISTENERS;
    }

    /** How many listen. */
    public int size() {
        return listeners.size();
    }

    /**
     * Takes a listener.
     *
     * @param first how things stand, asked after the listener is in: nothing falls between the two
     */
    public void join(Outlet outlet, Supplier<List<Event>> first) {
        Listener listener = new Listener(outlet);
        listeners.add(listener);
        listener.offer(bytes("retry: 2000\n\n"));
        first.get().forEach(event -> listener.offer(event.bytes()));
    }

    /** Tells everybody. */
    public void publish(Event event) {
        if (!listeners.isEmpty()) {
            ByteBuffer bytes = event.bytes();
            listeners.forEach(each -> each.offer(bytes));
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        listeners.forEach(Listener::leave);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer();
    }

    /** One who listens: what it has not got yet. */
    private final class Listener {

        private final Outlet outlet;
        private final Deque<ByteBuffer> waiting = new ArrayDeque<>();
        private boolean writing;
        private boolean gone;

        Listener(Outlet outlet) {
            this.outlet = outlet;
        }

        void offer(ByteBuffer bytes) {
            synchronized (this) {
                if (gone) {
                    return;
                }
                if (waiting.size() < QUEUE) {
                    waiting.add(bytes);
                    if (writing) {
                        return;
                    }
                    writing = true;
                } else {
                    gone = true;
                }
            }
            if (gone) {
                leave();
            } else {
                writeNext();
            }
        }

        void leave() {
            synchronized (this) {
                gone = true;
                waiting.clear();
            }
            listeners.remove(this);
            outlet.close();
        }

        private void writeNext() {
            ByteBuffer next;
            synchronized (this) {
                next = gone ? null : waiting.poll();
                if (next == null) {
                    writing = false;
                    return;
                }
            }
            try {
                outlet.write(next, this::written);
            } catch (RuntimeException e) {
                // As if it had failed later: whoever tells many must not be stopped by one.
                leave();
            }
        }

        private void written(@Nullable Throwable failure) {
            if (failure == null) {
                writeNext();
            } else {
                // The page was closed, or the network is away: it comes back by itself.
                leave();
            }
        }
    }
}
