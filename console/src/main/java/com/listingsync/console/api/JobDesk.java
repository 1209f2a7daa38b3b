package com.listingsync.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.run.RunId;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.console.api.Job.Kind;
import com.listingsync.console.http.Problem;
import com.listingsync.console.shell.CommandFailure;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does long work that is asked for over HTTP, one piece of a kind and two in all at a time, so that what it holds in memory stays
 * bounded; the last ones are kept until the console stops. Thread-safe.
 */
final class JobDesk implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JobDesk.class);
    private static final int KEPT = 40;
    private static final int AT_A_TIME = 2;

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Deque<Job> jobs = new ArrayDeque<>();
    private final ExecutorService workers = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "asked-for");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean closing;

    JobDesk(Clock clock) {
        this.clock = clock;
    }

    /** The work itself. */
    interface Task {
        /**
         * Does it; what a client did wrong was said before.
         *
         * @return what came of it
         */
        JsonNode work(Job job) throws InterruptedException;
    }

    /**
     * Begins.
     *
     * @param who asks
     * @throws Problem (409) while another of its kind is under way, (503) while two others are
     */
    Job start(Kind kind, String who, Task task) {
        synchronized (jobs) {
            running(kind).ifPresent(other -> {
                throw Problem.of(409, kind.thing() + " " + other.id() + " is under way; one is made at a time");
            });
            if (jobs.stream().filter(job -> !job.isEnded()).count() >= AT_A_TIME) {
                throw Problem.of(503, AT_A_TIME + " other jobs are under way; GET /api/jobs lists them")
                        .with("retry-after", "10");
            }
            Job job = new Job(RunId.next(clock.instant(), random), kind, who, clock.millis(), () -> closing);
            workers.execute(() -> work(job, task));
            jobs.addFirst(job);
            forgetTheOldest();
            return job;
        }
    }

    /** What is under way is kept, however much has been asked for since. */
    private void forgetTheOldest() {
        Iterator<Job> oldest = jobs.descendingIterator();
        while (jobs.size() > KEPT && oldest.hasNext()) {
            if (oldest.next().isEnded()) {
                oldest.remove();
            }
        }
    }

    /** One that was asked for since the console started. */
    Optional<Job> job(String id) {
        synchronized (jobs) {
            return jobs.stream().filter(job -> job.id().equals(id)).findFirst();
        }
    }

    /** The one of this kind that is under way. */
    Optional<Job> running(Kind kind) {
        return newest(Optional.of(kind)).stream().filter(job -> !job.isEnded()).findFirst();
    }

    /** All of a kind, or all, the newest first. */
    List<Job> newest(Optional<Kind> kind) {
        synchronized (jobs) {
            return jobs.stream()
                    .filter(job -> kind.isEmpty() || kind.get() == job.kind())
                    .toList();
        }
    }

    /** What is under way is ended early: it finds nothing out. */
    @Override
    public void close() {
        closing = true;
        workers.shutdown();
    }

    private void work(Job job, Task task) {
        try {
            job.ended(task.work(job), clock.millis());
        } catch (CommandFailure | SettingsException e) {
            // What it needs is away, or the console stops: whoever asked reads why and asks again.
            job.failed(WordsOfTheApi.of(String.valueOf(e.getMessage())), clock.millis());
        } catch (KafkaException e) {
            // Kafka is away: nothing was found out.
            job.failed("Kafka does not answer: " + e.getMessage(), clock.millis());
        } catch (InterruptedException e) {
            // The top of this thread: the console stops.
            Thread.currentThread().interrupt();
            job.failed("the console stopped", clock.millis());
        } catch (RuntimeException | Error e) {
            // A bug: the work is lost, and whoever asked is told so.
            LOG.atError().setCause(e).addKeyValue("job", job.id()).log("a job failed by a fault of ours");
            job.failed("the console failed; its log says where", clock.millis());
        }
    }
}
