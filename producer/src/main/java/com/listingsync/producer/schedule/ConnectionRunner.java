package com.listingsync.producer.schedule;

import com.listingsync.common.command.SyncCommand;
import com.listingsync.common.run.FeedName;
import com.listingsync.common.run.RunId;
import com.listingsync.producer.connection.Connection;
import com.listingsync.producer.connection.MlsFeed;
import com.listingsync.producer.connection.SheetTab;
import com.listingsync.producer.schedule.ScheduleSettings.FirstPass;
import com.listingsync.producer.source.ConnectionReader;
import com.listingsync.producer.source.Pass;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the passes of one connection, one at a time: commanded ones as they come, scheduled ones when they are due. The
 * connection is taken over at the start and given back at the stop. Methods are thread-safe; the work is on its own
 * thread.
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
    private final ScheduleSettings settings;
    private final Troubles troubles;
    private final Clock clock;
    private final RandomGenerator random;
    private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
    private final Timetable timetable;
    private final Thread thread;
    private @Nullable Asked current;
    private volatile @Nullable ConnectionReader open;
    private volatile boolean stopped;

    /** A command and what is to be called when it is done. */
    private record Asked(SyncCommand command, Runnable done) {}

    ConnectionRunner(
            Connection connection,
            Supplier<ConnectionReader> readers,
            ScheduleSettings settings,
            Troubles troubles,
            Clock clock,
            RandomGenerator random) {
        this.connection = connection;
        this.readers = readers;
        this.settings = settings;
        this.troubles = troubles;
        this.clock = clock;
        this.random = random;
        this.timetable = new Timetable(intervals(connection));
        this.thread = new Thread(this::run, "connection-" + connection.name());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /**
     * Follows a command when those before it are done.
     *
     * @param done called once its pass has ended and is committed; never when the connection goes to another producer
     */
    void offer(SyncCommand command, Runnable done) {
        asked.add(new Asked(command, done));
    }

    /** Tells the runner to stop; {@link #awaitStop()} waits for it. */
    void stop() {
        stopped = true;
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
        if (settings.scheduled() && settings.firstPass() == FirstPass.SCHEDULE) {
            timetable.begin(clock.instant());
        }
        try {
            while (!stopped) {
                runUntilTrouble();
            }
        } catch (InterruptedException e) {
            // The connection goes to another producer or the service stops; nobody is left to tell.
            Thread.currentThread().interrupt();
        }
    }

    private void runUntilTrouble() throws InterruptedException {
        Duration pause = KAFKA_PAUSE;
        try (ConnectionReader reader = readers.get()) {
            open = reader;
            reader.open();
            troubles.connection(Optional.empty());
            while (!stopped) {
                onePass(reader);
            }
        } catch (KafkaException e) {
            if (stopped) {
                return;
            }
            // What was committed stays; a command that was under way is followed again once Kafka is well.
            boolean fenced = e instanceof ProducerFencedException || e.getCause() instanceof ProducerFencedException;
            pause = fenced ? FENCED_PAUSE : KAFKA_PAUSE;
            trouble(fenced ? "another producer has taken the connection over" : "Kafka is in trouble", e);
        } catch (RuntimeException e) {
            // A mistake of ours, or a checkpoint that is none: this connection says so and tries again, others go on.
            trouble("stopped by an unexpected error (" + e.getClass().getSimpleName() + "): " + e.getMessage(), e);
            pause = FENCED_PAUSE;
        } finally {
            open = null;
        }
        TimeUnit.NANOSECONDS.sleep(pause.toNanos());
    }

    private void onePass(ConnectionReader reader) throws InterruptedException {
        Asked next = current;
        if (next == null) {
            next = asked.poll(untilDue().toMillis(), TimeUnit.MILLISECONDS);
            current = next;
        }
        if (next != null) {
            follow(next.command(), reader);
            current = null;
            next.done().run();
            return;
        }
        Set<String> due = timetable.due(clock.instant());
        if (!due.isEmpty()) {
            String run = RunId.next(clock.instant(), random);
            make(new Pass(run, Pass.Trigger.SCHEDULE, due, Set.of(), false), reader);
        }
    }

    private void follow(SyncCommand command, ConnectionReader reader) throws InterruptedException {
        Set<String> all = connection.feeds().stream().map(FeedName::feed).collect(Collectors.toSet());
        Set<String> wanted = command.feeds().isEmpty() ? all : new HashSet<>(command.feeds());
        if (!all.containsAll(wanted)) {
            LOG.atWarn()
                    .addKeyValue("connection", connection.name())
                    .addKeyValue("run", command.run())
                    .log("a command names feeds that the connection does not have; they are left out");
            wanted = wanted.stream().filter(all::contains).collect(Collectors.toSet());
        }
        Map<String, Optional<String>> results = make(
                new Pass(command.run(), Pass.Trigger.COMMAND, wanted, new HashSet<>(command.keys()), command.force()),
                reader);
        if (settings.scheduled() && !timetable.isRunning()) {
            timetable.begin(clock.instant());
            results.forEach((feed, problem) -> timetable.ended(feed, problem.isEmpty(), clock.instant()));
        }
    }

    private Map<String, Optional<String>> make(Pass pass, ConnectionReader reader) throws InterruptedException {
        Map<String, Optional<String>> results = reader.run(pass);
        results.forEach((feed, problem) -> {
            timetable.ended(feed, problem.isEmpty(), clock.instant());
            troubles.ended(feed, problem);
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
        return results;
    }

    private Duration untilDue() {
        Instant now = clock.instant();
        return timetable
                .next()
                .map(due -> due.isAfter(now) ? Duration.between(now, due) : Duration.ZERO)
                .orElse(IDLE);
    }

    private void trouble(String words, RuntimeException e) {
        troubles.connection(Optional.of(words));
        LOG.atWarn()
                .addKeyValue("connection", connection.name())
                .setCause(e)
                .log("a connection is interrupted and taken up again");
    }

    private static Map<String, Duration> intervals(Connection connection) {
        return connection
                .source()
                .fold(
                        mls -> mls.feeds().stream().collect(Collectors.toMap(MlsFeed::name, MlsFeed::interval)),
                        sheet -> sheet.tabs().stream()
                                .collect(Collectors.toMap(SheetTab::feed, same(sheet.interval()))));
    }

    private static <T> Function<T, Duration> same(Duration interval) {
        return anything -> interval;
    }
}
