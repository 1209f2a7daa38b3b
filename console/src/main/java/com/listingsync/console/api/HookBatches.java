package com.listingsync.console.api;

import com.listingsync.common.command.SyncCommand.Sweep;
import com.listingsync.console.api.SyncRequests.Wish;
import com.listingsync.console.run.SyncSelection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers what upstreams say has changed for a moment, so that a burst of notices becomes one run for each feed. Thread-safe.
 */
final class HookBatches implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HookBatches.class);
    private static final Duration GATHERED_FOR = Duration.ofSeconds(1);

    /** As many keys as a run takes; beyond that the whole feed is read from its cursor on. */
    private static final int MOST_KEYS = 1_000;

    private final SyncRequests requests;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "hook-batches");
        thread.setDaemon(true);
        return thread;
    });

    /** By {@code connection/feed} the keys that changed; none when the feed is to be read from its cursor on. */
    private Map<String, Set<String>> gathered = new LinkedHashMap<>();

    HookBatches(SyncRequests requests) {
        this.requests = requests;
    }

    /** Something in this feed has changed. */
    synchronized void changed(String connection, String feed) {
        begin();
        gathered.put(connection + "/" + feed, Set.of());
    }

    /** This record has changed. */
    synchronized void changed(String connection, String feed, String key) {
        begin();
        Set<String> keys = gathered.get(connection + "/" + feed);
        if (keys == null) {
            gathered.put(connection + "/" + feed, new LinkedHashSet<>(List.of(key)));
        } else if (keys.size() >= MOST_KEYS) {
            gathered.put(connection + "/" + feed, Set.of());
        } else if (!keys.isEmpty()) {
            keys.add(key);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void begin() {
        if (gathered.isEmpty()) {
            var unused = timer.schedule(this::send, GATHERED_FOR.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private synchronized Map<String, Set<String>> taken() {
        Map<String, Set<String>> taken = gathered;
        gathered = new LinkedHashMap<>();
        return taken;
    }

    private void send() {
        taken().forEach((feed, keys) -> {
            try {
                SyncSelection selection = new SyncSelection(Set.of(), Set.of(), false, List.of(feed), List.of());
                requests.ask(new Wish("webhook", selection, new ArrayList<>(keys), false, Sweep.NONE));
            } catch (InterruptedException e) {
                // The console stops; the schedule finds what changed.
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                // The notice is lost, what it told of is not: the schedule finds it at the feed's next pass. Notices of
                // other feeds are followed.
                LOG.atWarn()
                        .addKeyValue("feed", feed)
                        .addKeyValue("reason", e.getMessage())
                        .log("a webhook was not followed");
            }
        });
    }
}
