package com.listingsync.console.api;

import com.listingsync.console.audit.Actor;
import com.listingsync.console.audit.AuditTrail;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.replay.Replays;
import com.listingsync.console.shell.StopSignal;
import com.listingsync.console.verify.LastProof;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the tools of the command line do, by HTTP, put together: replays, proofs, comparisons, the doctor, the mapping, topics and
 * the reference. Thread-safe.
 */
final class ToolEndpoints implements AutoCloseable {

    private final JobDesk jobs;
    private final ReplayEndpoints replays;
    private final Map<String, Endpoint> all = new LinkedHashMap<>();

    /**
     * @param setup what the console was started with
     * @param stop ends every wait
     * @param proof what the last comparison found; told of those that are asked for here
     */
    ToolEndpoints(Api.Setup setup, KafkaAccess kafka, AuditTrail trail, Clock clock, StopSignal stop, LastProof proof) {
        Map<String, String> environment = setup.environment();
        NamedProjects projects = setup.projects();
        this.jobs = new JobDesk(clock);
        Replays log = new Replays(
                kafka,
                environment,
                (who, action, selection, counts, problem) ->
                        trail.end(trail.entry(new Actor(who), action, selection, Optional.empty()), counts, problem),
                clock);
        this.replays = new ReplayEndpoints(log, projects, jobs, clock);
        all.putAll(replays.all());
        VerifyDesk verifying = new VerifyDesk(kafka, environment, trail, clock, stop, jobs, proof);
        all.putAll(new VerifyEndpoints(verifying, jobs, log, projects, proof).all());
        all.putAll(new CompareEndpoints(environment, projects, jobs, clock).all());
        all.putAll(new DoctorEndpoints(environment, jobs, clock).all());
        all.putAll(new ReprocessEndpoints(kafka, environment, jobs, clock).all());
        all.putAll(new MappingEndpoints(environment).all());
        all.putAll(new TopicEndpoints(kafka).all());
        all.putAll(new JobEndpoints(jobs).all());
        all.putAll(ReferenceEndpoints.all());
    }

    /** By the ids of their operations. */
    Map<String, Endpoint> all() {
        return Map.copyOf(all);
    }

    /** Lets go of what is under way. */
    @Override
    public void close() {
        replays.close();
        jobs.close();
    }
}
