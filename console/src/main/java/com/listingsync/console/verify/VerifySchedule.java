package com.listingsync.console.verify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.health.Health;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.common.wire.Json;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.shell.CommandFailure;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The verification that comes again and again: every row of the project that the sink writes to, at an interval. Its last result is in
 * the console's health, and is the {@link LastProof} until there is a newer one. Thread-safe; it has one thread.
 */
public final class VerifySchedule implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(VerifySchedule.class);

    /** After a start, nobody waits longer than this for the first result. */
    private static final Duration FIRST = Duration.ofMinutes(5);

    private static final int LISTED = 20;
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final KafkaAccess access;
    private final Map<String, String> environment;
    private final Mapping mapping;
    private final Duration every;
    private final Clock clock;
    private final LastProof proof;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable VerifyReport last;
    private volatile @Nullable String problem;

    /**
     * @param environment names the Supabase project, as the sink's settings do
     * @param every the interval, more than 0
     * @param proof told what is found
     * @throws SettingsException when the project or the mapping is not named rightly
     */
    public VerifySchedule(
            KafkaAccess access, Map<String, String> environment, Duration every, Clock clock, LastProof proof) {
        this.access = access;
        this.environment = Map.copyOf(environment);
        this.mapping = Mapping.inForce(environment);
        this.every = every;
        this.clock = clock;
        this.proof = proof;
        this.thread = new Thread(this::work, "verify-schedule");
        thread.setDaemon(true);
        // Wrong settings are said at the start, not at the first time.
        verification();
    }

    /** Begins, and tells what it finds. */
    public void start(Health health) {
        health.tell("verify", this::facts);
        thread.start();
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(CLOSE.toMillis());
        } catch (InterruptedException e) {
            // It only reads: nothing is lost when the process ends under it.
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        Duration pause = every.compareTo(FIRST) < 0 ? every : FIRST;
        try {
            while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                verify();
                pause = every;
            }
        } catch (InterruptedException e) {
            // Somebody wants this thread to end at once.
            Thread.currentThread().interrupt();
        }
    }

    private void verify() {
        try {
            VerifyReport report = verification().work(() -> closing.getCount() == 0);
            last = report;
            proof.found(report);
            problem = null;
            LOG.atLevel(report.isInSync() ? org.slf4j.event.Level.INFO : org.slf4j.event.Level.WARN)
                    .addKeyValue("compared", report.compared())
                    .addKeyValue("differing", report.differing())
                    .log(report.isInSync() ? "Supabase is as the log says" : "Supabase is not as the log says");
        } catch (CommandFailure | KafkaException | SettingsException e) {
            // Supabase or Kafka is away: the last result stays, and the next time comes.
            problem = e.getMessage();
            LOG.atWarn().addKeyValue("cause", e.getMessage()).log("Supabase could not be compared with the log");
        } catch (RuntimeException e) {
            // A mistake of ours: health says so, and the next time comes all the same.
            problem = "the console failed; its log says where";
            LOG.atError().setCause(e).log("a comparison failed by a fault of ours");
        }
    }

    private Verification verification() {
        return new Verification(access, environment, mapping, VerifyRequest.ALL, clock);
    }

    private ObjectNode facts() {
        VerifyReport report = last;
        ObjectNode facts =
                report == null ? Json.MAPPER.createObjectNode().put("inSync", (Boolean) null) : report.json(LISTED);
        return facts.put("everySeconds", every.toSeconds()).put("problem", problem);
    }
}
