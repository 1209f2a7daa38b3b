package com.listingsync.console.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.wire.Json;
import com.listingsync.console.api.Job.Kind;
import com.listingsync.console.http.Problem;
import com.listingsync.console.http.Reply;
import java.util.Map;
import java.util.Optional;

/** Long work that was asked for: all of it in outline, and each piece with its result. Thread-safe. */
final class JobEndpoints {

    private final JobDesk jobs;

    JobEndpoints(JobDesk jobs) {
        this.jobs = jobs;
    }

    Map<String, Endpoint> all() {
        return Map.of("listJobs", this::list, "getJob", this::show);
    }

    /** What whoever asked for a job is told. */
    static Reply begun(Job job) {
        return Reply.json(202, Json.MAPPER.createObjectNode().put("job", job.id()))
                .with("location", "/api/jobs/" + job.id());
    }

    private Reply list(ApiCall call) {
        Optional<Kind> kind = call.maybe("kind").flatMap(Kind::of);
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode items = json.putArray("items");
        jobs.newest(kind).stream().limit(call.limit()).forEach(job -> items.add(job.outline()));
        return Reply.json(json);
    }

    private Reply show(ApiCall call) {
        return Reply.json(jobs.job(call.text("job"))
                .orElseThrow(() -> Problem.of(
                        404, "there is no job of this name; those asked for before the console started are gone"))
                .json());
    }
}
