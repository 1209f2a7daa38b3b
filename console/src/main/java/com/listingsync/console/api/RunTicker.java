package com.listingsync.console.api;

import com.listingsync.common.run.RunState;
import com.listingsync.console.live.EventStream;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells open dashboards of a run's changes, which are many a second, twice a second. Thread-safe. */
final class RunTicker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunTicker.class);
    private static final Duration EVERY = Duration.ofMillis(500);

    private final EventStream events;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "runs-ticker");
        thread.setDaemon(true);
        return thread;
    });
    private Map<String, RunState> changed = new LinkedHashMap<>();

    RunTicker(EventStream events) {
        this.events = events;
    }

    void start() {
        var unused = timer.scheduleAtFixedRate(this::tell, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** These runs have changed. */
    synchronized void changed(Collection<RunState> runs) {
        if (events.size() > 0) {
            runs.forEach(run -> changed.put(run.run(), run));
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private synchronized Collection<RunState> taken() {
        Collection<RunState> taken = changed.values();
        changed = new LinkedHashMap<>();
        return taken;
    }

    private void tell() {
        Collection<RunState> taken = taken();
        try {
            if (!taken.isEmpty()) {
                events.publish(ViewEndpoints.changed(taken));
            }
        } catch (RuntimeException e) {
            // These changes are not told; a timer that throws would tell no others either.
            LOG.atError().setCause(e).log("dashboards could not be told of runs");
        }
    }
}
