package com.listingsync.console.api;

import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.run.RunId;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.console.api.VerifyJob.Wish;
import com.listingsync.console.audit.Actor;
import com.listingsync.console.audit.AuditEntry;
import com.listingsync.console.audit.AuditTrail;
import com.listingsync.console.http.Problem;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.shell.CommandFailure;
import com.listingsync.console.verify.LastProof;
import com.listingsync.console.verify.Repair;
import com.listingsync.console.verify.Verification;
import com.listingsync.console.verify.VerifyReport;
import com.listingsync.console.verify.VerifyRequest;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares Supabase with the log when somebody asks for it, one comparison at a time, on a thread of its own; the last ones are kept
 * until the console stops. Thread-safe.
 */
final class VerifyDesk implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(VerifyDesk.class);
    private static final int KEPT = 20;

    private final KafkaAccess kafka;
    private final Map<String, String> environment;
    private final AuditTrail trail;
    private final Clock clock;
    private final LastProof proof;
    private final SecureRandom random = new SecureRandom();
    private final Deque<VerifyJob> jobs = new ArrayDeque<>();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "verify-asked-for");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean closing;

    /**
     * @param environment names the Supabase project, as the sink's settings do
     * @param proof told what is found
     */
    VerifyDesk(KafkaAccess kafka, Map<String, String> environment, AuditTrail trail, Clock clock, LastProof proof) {
        this.kafka = kafka;
        this.environment = Map.copyOf(environment);
        this.trail = trail;
        this.clock = clock;
        this.proof = proof;
    }

    /**
     * Begins a comparison.
     *
     * @throws Problem (409) while another one is under way, (503) when no project is named
     * @throws SettingsException when it is named wrongly, or a table is not in the mapping
     */
    VerifyJob start(Wish wish) {
        if (environment.getOrDefault("SUPABASE_URL", "").isBlank()) {
            throw Problem.of(503, SupabaseView.NOT_NAMED);
        }
        Mapping mapping = Mapping.load(Path.of(environment.getOrDefault("SYNC_MAPPING", "")));
        Verification verification = verification(wish, mapping);
        synchronized (jobs) {
            running().ifPresent(other -> {
                throw Problem.of(409, "comparison " + other.id() + " is under way; one is made at a time");
            });
            VerifyJob job =
                    new VerifyJob(RunId.next(clock.instant(), random), wish, clock.millis(), verification::read);
            jobs.addFirst(job);
            if (jobs.size() > KEPT) {
                jobs.removeLast();
            }
            worker.execute(() -> work(job, verification, mapping));
            return job;
        }
    }

    /** One that was asked for since the console started. */
    Optional<VerifyJob> job(String id) {
        synchronized (jobs) {
            return jobs.stream().filter(job -> job.id().equals(id)).findFirst();
        }
    }

    /** The one under way. */
    Optional<VerifyJob> running() {
        synchronized (jobs) {
            return jobs.stream().filter(job -> !job.isEnded()).findFirst();
        }
    }

    /** What is under way is ended early: it finds nothing out. */
    @Override
    public void close() {
        closing = true;
        worker.shutdown();
    }

    private void work(VerifyJob job, Verification verification, Mapping mapping) {
        try {
            VerifyReport report = verification.work(() -> closing);
            if (job.wish().repair() && !report.isInSync()) {
                job.repaired(repaired(job.wish(), mapping, report));
                report = verification(job.wish(), mapping).work(() -> closing);
            }
            proof.found(report);
            job.found(report);
        } catch (CommandFailure | SettingsException e) {
            // Supabase is away, or the console stops: whoever asked reads why and asks again.
            job.failed(String.valueOf(e.getMessage()));
        } catch (KafkaException e) {
            // Kafka is away: nothing was found out.
            job.failed("Kafka does not answer: " + e.getMessage());
        } catch (RuntimeException e) {
            // A bug: the comparison is lost, and whoever asked is told so.
            LOG.atError().setCause(e).addKeyValue("verify", job.id()).log("a comparison failed by a fault of ours");
            job.failed("the console failed; its log says where");
        }
    }

    private Repair.Outcome repaired(Wish wish, Mapping mapping, VerifyReport report) {
        AuditEntry begun = trail.begin(new Actor(wish.who()), "verify repair", wish.selection(), Optional.empty());
        String problem = "failed";
        Map<String, Long> done = Map.of();
        try {
            Repair.Outcome outcome =
                    new Repair(kafka, environment, mapping, wish.extra(), wish.who(), clock).work(report);
            done = outcome.done();
            problem = null;
            return outcome;
        } finally {
            trail.end(begun, done, problem);
        }
    }

    private Verification verification(Wish wish, Mapping mapping) {
        return new Verification(
                kafka,
                environment,
                mapping,
                new VerifyRequest(
                        wish.tables(), wish.keys(), wish.sample(), VerifyRequest.USUAL_GRACE, Optional.empty()),
                clock);
    }
}
