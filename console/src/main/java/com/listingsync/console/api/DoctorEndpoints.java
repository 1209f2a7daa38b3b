package com.listingsync.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.wire.Json;
import com.listingsync.console.api.Job.Kind;
import com.listingsync.console.audit.Actor;
import com.listingsync.console.doctor.Diagnosis;
import com.listingsync.console.doctor.Doctor;
import com.listingsync.console.http.Reply;
import com.listingsync.sink.Migrations;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * What is wrong with the deployment. A look asks every source, which costs of their limits, so it is an operator's to ask for; what
 * was found is for everybody. Thread-safe.
 */
final class DoctorEndpoints {

    private final Map<String, String> environment;
    private final JobDesk jobs;
    private final Clock clock;

    /** @param environment the deployment's settings, as far as the console has them */
    DoctorEndpoints(Map<String, String> environment, JobDesk jobs, Clock clock) {
        this.environment = Map.copyOf(environment);
        this.jobs = jobs;
        this.clock = clock;
    }

    Map<String, Endpoint> all() {
        return Map.of("startDoctor", this::start, "getDoctor", call -> last());
    }

    private Reply start(ApiCall call) {
        boolean fix = call.flag("fix");
        return JobEndpoints.begun(
                jobs.start(Kind.DOCTOR, Actor.ofApiKey(call.caller().name()).name(), job -> looked(fix)));
    }

    private ObjectNode looked(boolean fix) throws InterruptedException {
        Diagnosis diagnosis = new Doctor(environment, fix, clock).look();
        ObjectNode json = diagnosis.json();
        if (fix && diagnosis.needsMigration()) {
            var migration = json.putArray("migration");
            Migrations.all().forEach(each -> migration.add(each.sql()));
        }
        return json;
    }

    private Reply last() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.set(
                "last",
                jobs.newest(Optional.of(Kind.DOCTOR)).stream()
                        .filter(Job::isEnded)
                        .findFirst()
                        .map(Job::json)
                        .orElse(null));
        json.set("running", jobs.running(Kind.DOCTOR).map(Job::outline).orElse(null));
        return Reply.json(json);
    }
}
