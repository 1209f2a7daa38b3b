package com.listingsync.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.command.ReprocessRequest;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.mapping.MappingCheck;
import com.listingsync.common.run.RunId;
import com.listingsync.common.wire.Json;
import com.listingsync.console.api.Job.Kind;
import com.listingsync.console.audit.Actor;
import com.listingsync.console.http.Problem;
import com.listingsync.console.http.Reply;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.mapping.DryRun;
import com.listingsync.console.mapping.ReprocessRun;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Collectors;

/** The log through the mapping once more, and what that would change. Thread-safe. */
final class ReprocessEndpoints {

    private final KafkaAccess kafka;
    private final Map<String, String> environment;
    private final JobDesk jobs;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** @param environment names the mapping, as for the processor */
    ReprocessEndpoints(KafkaAccess kafka, Map<String, String> environment, JobDesk jobs, Clock clock) {
        this.kafka = kafka;
        this.environment = Map.copyOf(environment);
        this.jobs = jobs;
        this.clock = clock;
    }

    Map<String, Endpoint> all() {
        return Map.of("startReprocess", this::start, "tryReprocess", this::tried);
    }

    private Reply start(ApiCall call) {
        ReprocessRequest request = request(call);
        new ReprocessRun(request).send(kafka, clock.millis());
        ObjectNode json = Json.MAPPER.createObjectNode().put("run", request.run());
        return Reply.json(202, json).with("location", "/api/runs/" + request.run());
    }

    private Reply tried(ApiCall call) {
        Mapping mapping =
                call.given("mapping").map(ReprocessEndpoints::mapping).orElseGet(() -> Mapping.inForce(environment));
        DryRun trial = new DryRun(kafka, mapping, request(call));
        return JobEndpoints.begun(jobs.start(
                Kind.REPROCESS_TRIAL,
                Actor.ofApiKey(call.caller().name()).name(),
                job -> trial.work().json()));
    }

    private ReprocessRequest request(ApiCall call) {
        return new ReprocessRequest(
                RunId.next(clock.instant(), random), call.list("entities"), call.list("keys"), "api");
    }

    private static Mapping mapping(String text) {
        MappingCheck check = MappingCheck.of(text);
        return check.mapping()
                .orElseThrow(() -> Problem.of(
                        422,
                        "mapping: it can't be used: "
                                + check.errors().stream()
                                        .limit(5)
                                        .map(Object::toString)
                                        .collect(Collectors.joining("; "))));
    }
}
