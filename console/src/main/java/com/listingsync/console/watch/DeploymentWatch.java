package com.listingsync.console.watch;

import com.listingsync.common.command.ConnectionCard;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.run.RunState;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.kafka.LatestRecords;
import com.listingsync.console.run.RunsTail;
import com.listingsync.console.shell.CommandFailure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows sync runs and measures lags for the console's meters, on a thread of its own. While Kafka is away, lags have no value and
 * runs stand still. Thread-safe.
 */
public final class DeploymentWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeploymentWatch.class);
    private static final Duration POLL = Duration.ofMillis(500);

    /** As often as Prometheus asks by our configuration. */
    private static final Duration BETWEEN_MEASURES = Duration.ofSeconds(15);

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final KafkaAccess kafka;
    private final Meters meters;
    private final RunMeters runs;
    private final Duration betweenMeasures;
    private final Thread thread = new Thread(this::work, "deployment-watch");
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile FeedKinds kinds = new FeedKinds(List.of());
    private volatile @Nullable RunsTail tail;
    private final Set<String> askedFor = new HashSet<>();
    private boolean watching;
    private volatile boolean failed;

    public DeploymentWatch(KafkaAccess kafka, Meters meters, InstantSource clock) {
        this(kafka, meters, clock, BETWEEN_MEASURES);
    }

    /** @param betweenMeasures how often lags are measured */
    DeploymentWatch(KafkaAccess kafka, Meters meters, InstantSource clock, Duration betweenMeasures) {
        this.kafka = kafka;
        this.betweenMeasures = betweenMeasures;
        this.meters = meters;
        this.runs = new RunMeters(meters, state -> kinds.of(state), clock);
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Why nothing is measured any more, for good; empty while it is. */
    public Optional<String> failure() {
        return failed ? Optional.of("the deployment is not measured any more; restart") : Optional.empty();
    }

    @Override
    public void close() {
        closing.countDown();
        RunsTail open = tail;
        if (open != null) {
            open.wakeup();
        }
        try {
            thread.join(PAUSE.toMillis());
        } catch (InterruptedException e) {
            // It only reads: nothing is lost when the process ends under it.
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        try (Lags lags = new Lags(kafka, meters)) {
            while (!isClosing()) {
                follow(lags);
            }
        } catch (RuntimeException | Error e) {
            // A mistake of ours: the meters stand still, which health says; the console serves everything else.
            failed = true;
            LOG.atError().setCause(e).log("the console measures the deployment no longer; restart it");
        }
    }

    private void follow(Lags lags) {
        try (RunsTail opened = RunsTail.open(kafka)) {
            tail = opened;
            learnKinds(opened.newestFirst().stream()
                    .filter(state -> watching || !state.status().ended())
                    .toList());
            opened.newestFirst().forEach(watching ? runs::saw : runs::found);
            watching = true;
            long due = System.nanoTime();
            while (!isClosing()) {
                if (System.nanoTime() - due >= 0) {
                    lags.measure();
                    due = System.nanoTime() + betweenMeasures.toNanos();
                }
                Collection<RunState> changes = opened.changes(POLL);
                learnKinds(changes);
                changes.forEach(runs::saw);
            }
        } catch (WakeupException e) {
            // close() wants this thread to end, and the loop sees why.
            LOG.debug("told to stop");
        } catch (KafkaException | CommandFailure e) {
            // Kafka is away, or has no topics yet: what ended meanwhile is counted when it is back.
            lags.forget();
            LOG.atDebug().addKeyValue("reason", e.getMessage()).log("can't measure the deployment, trying again");
            pause();
        } finally {
            tail = null;
        }
    }

    /** Reads the producers' announcements when a run has a feed that was not heard of, once for each such run. */
    private void learnKinds(Collection<RunState> states) {
        boolean news = states.stream().anyMatch(state -> !kinds.knows(state) && askedFor.add(state.run()));
        if (news) {
            kinds = new FeedKinds(LatestRecords.of(kafka, kafka.topics().connections()).values().stream()
                    .map(ConnectionCard::of)
                    .toList());
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void pause() {
        try {
            if (closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("told to stop while waiting for Kafka");
            }
        } catch (InterruptedException e) {
            // Nobody interrupts this thread; if somebody does, it is to end it.
            closing.countDown();
        }
    }
}
