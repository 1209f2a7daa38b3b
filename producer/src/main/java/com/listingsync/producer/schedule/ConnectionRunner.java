package com.listingsync.producer.schedule;

import com.listingsync.common.command.SyncCommand;
import com.listingsync.common.run.FeedName;
import com.listingsync.common.run.RunId;
import com.listingsync.common.signal.SignalFollower;
import com.listingsync.producer.connection.Connection;
import com.listingsync.producer.publish.Announcements;
import com.listingsync.producer.schedule.Lane.Role;
import com.listingsync.producer.schedule.ScheduleSettings.FirstPass;
import com.listingsync.producer.source.ConnectionReader;
import com.listingsync.producer.source.FeedThreads;
import com.listingsync.producer.source.Pass;
import com.listingsync.producer.source.SourceMeters;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the passes of one connection as its {@link Agenda} says, each lane on a thread of its own. The connection is taken
 * over at the start and given back at the stop. Methods are thread-safe; agenda and timetable are confined to the runner's
 * own thread, to which everything that happens comes as a step.
 */
final class ConnectionRunner {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionRunner.class);
    private static final Duration KAFKA_PAUSE = Duration.ofSeconds(2);

    /** Long enough for the group to say who owns the connection now. */
    private static final Duration FENCED_PAUSE = Duration.ofSeconds(15);

    /** Nothing is due: wakes up now and then all the same. */
    private static final Duration IDLE = Duration.ofHours(1);

    private static final Duration STOP = Duration.ofSeconds(20);

    private final Connection connection;
    private final Supplier<ConnectionReader> readers;
    private final Means means;
    private final Troubles troubles;
    private final BlockingQueue<Step> steps = new LinkedBlockingQueue<>();
    private final List<Lane> lanes;
    private final Timetable timetable;
    private final Agenda agenda;
    private final Thread thread;
    private final InHand inHand = new InHand();
    private volatile List<FeedOutlook> outlook = List.of();
    private volatile @Nullable ConnectionReader open;
    private volatile boolean stopped;

    /** Something that has happened; told which reader is open now, null while the connection is paused. */
    private interface Step {
        void take(@Nullable ConnectionReader current);
    }

    /**
     * What all runners work with.
     *
     * @param settings whether passes are made on schedule
     * @param signals what is paused
     * @param announcements for what can't be followed
     * @param meters of all feeds
     * @param clock for the schedule
     * @param random for jitter and the ids of runs
     */
    record Means(
            ScheduleSettings settings,
            SignalFollower signals,
            Announcements announcements,
            SourceMeters meters,
            Clock clock,
            RandomGenerator random) {}

    ConnectionRunner(Connection connection, Supplier<ConnectionReader> readers, Means means, Troubles troubles) {
        this.connection = connection;
        this.readers = readers;
        this.means = means;
        this.troubles = troubles;
        this.lanes = Lane.of(connection);
        this.timetable =
                new Timetable(lanes.stream().collect(Collectors.toMap(Lane::name, Lane::polling)), means.random());
        this.agenda = new Agenda(lanes, timetable);
        this.thread = new Thread(this::run, "connection-" + connection.name());
        thread.setDaemon(true);
    }

    void start() {
        if (means.settings().scheduled()) {
            lanes.forEach(lane -> interval(lane, lane.polling().longest()));
        }
        thread.start();
    }

    /**
     * Follows a command when those before it are done.
     *
     * @param done called once its passes have ended and are committed; never when the connection goes to another producer
     */
    void offer(SyncCommand command, Runnable done) {
        inHand.took(command.run(), wantedFeeds(command));
        steps.add(current -> ask(command, () -> {
            inHand.done(command.run());
            done.run();
        }));
    }

    /** The feeds of every run that it reads or will read. */
    Map<String, List<FeedName>> inHand() {
        return inHand.feeds(connection.name());
    }

    /** Its feeds as they stand. */
    List<FeedOutlook> outlook() {
        return outlook;
    }

    /** Tells the runner to stop; {@link #awaitStop()} waits for it. */
    void stop() {
        stopped = true;
        lanes.forEach(lane -> interval(lane, Duration.ZERO));
        thread.interrupt();
        ConnectionReader reader = open;
        if (reader != null) {
            reader.interruptRequests();
        }
    }

    void awaitStop() {
        try {
            thread.join(STOP.toMillis());
        } catch (InterruptedException e) {
            // Told to hurry: what is not finished is rolled back by whoever takes the connection over.
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Runnable wake = () -> steps.add(current -> {});
        means.signals().onChange(wake);
        if (means.settings().scheduled() && means.settings().firstPass() == FirstPass.SCHEDULE) {
            timetable.begin(now());
        }
        try {
            while (!stopped) {
                runUntilTrouble();
            }
        } catch (InterruptedException e) {
            // The connection goes to another producer or the service stops; nobody is left to tell.
            Thread.currentThread().interrupt();
        } finally {
            means.signals().forget(wake);
        }
    }

    private void runUntilTrouble() throws InterruptedException {
        awaitResumed();
        Duration pause = KAFKA_PAUSE;
        try (ConnectionReader reader = readers.get()) {
            open = reader;
            reader.open();
            troubles.connection(Optional.empty());
            agenda.parentsUnread(reader.parentsUnread());
            work(reader);
            // Paused: what was under way goes on from its checkpoint.
            pause = Duration.ZERO;
        } catch (KafkaException e) {
            if (stopped) {
                return;
            }
            // What was committed stays; a command that was under way is followed again once Kafka is well.
            boolean fenced = e instanceof ProducerFencedException || e.getCause() instanceof ProducerFencedException;
            pause = fenced ? FENCED_PAUSE : KAFKA_PAUSE;
            trouble(fenced ? "another producer has taken the connection over" : "Kafka is in trouble", e);
        } catch (RuntimeException | Error e) {
            // A mistake of ours, or a checkpoint that is none: this connection says so and tries again, others go on.
            trouble("stopped by an unexpected error (" + e.getClass().getSimpleName() + "): " + e.getMessage(), e);
            pause = FENCED_PAUSE;
        } finally {
            open = null;
            agenda.putBack()
                    .forEach(start ->
                            inHand.done(start.pass().run(), start.pass().feeds()));
        }
        TimeUnit.NANOSECONDS.sleep(pause.toNanos());
    }

    private void work(ConnectionReader reader) throws InterruptedException {
        // Closed before the reader: no lane may read any more when the reader gives the feeds up.
        try (FeedThreads threads = new FeedThreads(connection.name() + "-lane")) {
            while (!stopped && !mustPause()) {
                for (Agenda.Start start : agenda.takeStartable(now(), this::nextRun, this::isHeld)) {
                    if (start.command() == null) {
                        inHand.took(start.pass().run(), start.pass().feeds());
                    }
                    Future<?> unused = threads.start(() -> make(start, reader));
                }
                outlook = FeedOutlook.of(connection.name(), lanes, agenda, timetable, troubles);
                Step step = steps.poll(untilDue().toMillis(), TimeUnit.MILLISECONDS);
                if (step != null) {
                    step.take(reader);
                }
            }
        }
    }

    /** Makes a pass, on its lane's thread; what comes of it is a step. */
    private void make(Agenda.Start start, ConnectionReader reader) {
        long emitted = emitted(start.pass().feeds());
        try {
            Map<String, Optional<String>> results = reader.run(start.pass());
            boolean changes = emitted(start.pass().feeds()) > emitted;
            steps.add(current -> {
                if (current == reader) {
                    ended(start, results, changes, reader);
                }
            });
        } catch (InterruptedException e) {
            // The connection is being stopped or taken up again: the agenda knows what was under way.
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            // The top of this thread: the runner's own thread decides what becomes of the connection.
            steps.add(current -> {
                if (current == reader) {
                    throw e;
                }
            });
        }
    }

    private void ended(
            Agenda.Start start, Map<String, Optional<String>> results, boolean changes, ConnectionReader reader) {
        Pass pass = start.pass();
        results.forEach((feed, problem) -> {
            troubles.ended(feed, problem);
            troubles.standing(feed, reader.standing(feed));
            problem.ifPresent(words -> LOG.atWarn()
                    .addKeyValue("connection", connection.name())
                    .addKeyValue("feed", feed)
                    .addKeyValue("run", pass.run())
                    .addKeyValue("problem", words)
                    .log("a feed could not be read to its end"));
        });
        LOG.atDebug()
                .addKeyValue("connection", connection.name())
                .addKeyValue("run", pass.run())
                .addKeyValue("feeds", results.keySet())
                .log("pass made");
        if (start.lane().role() == Role.PARENT) {
            agenda.parentsUnread(reader.parentsUnread());
        }
        if (start.command() == null) {
            inHand.done(pass.run(), pass.feeds());
        }
        agenda.ended(start, PassEnd.of(pass, results.values(), changes), now());
    }

    private void ask(SyncCommand command, Runnable done) {
        Wanted wanted = Wanted.of(command, connection, means.clock().millis());
        AtomicInteger parts = new AtomicInteger(wanted.refused().isEmpty() ? 1 : 2);
        Runnable part = () -> {
            if (parts.decrementAndGet() == 0) {
                done.run();
            }
        };
        if (!wanted.refused().isEmpty()) {
            means.announcements().report(command.run(), wanted.refused(), part);
        }
        agenda.ask(wanted.pass(), () -> {
            if (means.settings().scheduled() && !timetable.isRunning()) {
                timetable.begin(now());
            }
            part.run();
        });
    }

    private Collection<String> wantedFeeds(SyncCommand command) {
        return command.feeds().isEmpty()
                ? connection.feeds().stream().map(FeedName::feed).toList()
                : command.feeds();
    }

    private String nextRun() {
        return RunId.next(now(), means.random());
    }

    private boolean isHeld(String feed) {
        return means.signals()
                .now()
                .holdingFeed(new FeedName(connection.name(), feed))
                .isPresent();
    }

    /** Whether something that is under way is paused: then all lanes are left, and those that may are taken up again. */
    private boolean mustPause() {
        return means.signals().now().holdingConnection(connection.name()).isPresent()
                || agenda.feedsUnderWay().stream().anyMatch(this::isHeld);
    }

    /** Waits while the whole connection is paused; what happens meanwhile is done as far as it needs no reading. */
    private void awaitResumed() throws InterruptedException {
        while (!stopped
                && means.signals().now().holdingConnection(connection.name()).isPresent()) {
            outlook = FeedOutlook.of(connection.name(), lanes, agenda, timetable, troubles);
            Step step = steps.take();
            step.take(null);
        }
    }

    private long emitted(Set<String> feeds) {
        return feeds.stream()
                .mapToLong(feed ->
                        means.meters().of(new FeedName(connection.name(), feed)).emitted())
                .sum();
    }

    private Duration untilDue() {
        Instant now = now();
        return agenda.nextDue()
                .map(due -> due.isAfter(now) ? Duration.between(now, due).plusMillis(1) : Duration.ZERO)
                .orElse(IDLE);
    }

    private void interval(Lane lane, Duration longest) {
        lane.feeds()
                .forEach(feed ->
                        means.meters().of(new FeedName(connection.name(), feed)).interval(longest));
    }

    private Instant now() {
        return means.clock().instant();
    }

    private void trouble(String words, Throwable e) {
        troubles.connection(Optional.of(words));
        LOG.atWarn()
                .addKeyValue("connection", connection.name())
                .setCause(e)
                .log("a connection is interrupted and taken up again");
    }
}
