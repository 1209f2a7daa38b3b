package com.listingsync.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.wire.Json;
import com.listingsync.console.api.Job.Kind;
import com.listingsync.console.audit.Actor;
import com.listingsync.console.http.Problem;
import com.listingsync.console.http.Reply;
import com.listingsync.console.replay.ReplayStatus;
import com.listingsync.console.replay.ReplayTarget;
import com.listingsync.console.replay.Replays;
import com.listingsync.console.shell.CommandFailure;
import com.listingsync.console.verify.LastProof;
import com.listingsync.console.verify.Repair;
import com.listingsync.console.verify.VerifyRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The proof that Supabase is as the log says: the last one, and a new one. Thread-safe. */
final class VerifyEndpoints {

    private static final int DIFFERENCES = 20;

    private final VerifyDesk desk;
    private final JobDesk jobs;
    private final Replays replays;
    private final NamedProjects projects;
    private final LastProof proof;

    /** @param proof what the last comparison of the whole project found */
    VerifyEndpoints(VerifyDesk desk, JobDesk jobs, Replays replays, NamedProjects projects, LastProof proof) {
        this.desk = desk;
        this.jobs = jobs;
        this.replays = replays;
        this.projects = projects;
        this.proof = proof;
    }

    Map<String, Endpoint> all() {
        return Map.of("getLastProof", call -> lastProof(), "startVerify", this::start, "getVerify", this::show);
    }

    private Reply lastProof() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.set("last", proof.newest().map(report -> report.json(DIFFERENCES)).orElse(null));
        json.set("running", jobs.running(Kind.VERIFY).map(VerifyEndpoints::json).orElse(null));
        return Reply.json(json);
    }

    private Reply start(ApiCall call) {
        boolean repair = call.flag("repair");
        boolean deleting = call.flag("deleteExtra");
        if (deleting && !repair) {
            throw Problem.of(400, "deleteExtra: goes with repair");
        }
        if (call.body().has("target") && call.body().has("copy")) {
            throw Problem.of(400, "copy: its replay names the target; leave target out");
        }
        Optional<ReplayStatus> copied = call.given("copy").map(this::copied);
        Optional<ReplayTarget> target = call.given("target")
                .map(projects::project)
                .or(() -> copied.flatMap(
                        copy -> Optional.ofNullable(copy.definition().request().target())));
        if (target.isPresent() && (repair || call.flag("source"))) {
            throw Problem.of(400, "target and copy: another project is compared only; a replay into it mends it");
        }
        VerifyRequest request = new VerifyRequest(
                call.list("tables"),
                call.list("keys"),
                call.body().path("sample").asInt(0),
                copied.isPresent() ? Duration.ZERO : grace(call),
                copied.map(copy -> copy.definition().span().ends()));
        Job job = desk.start(new VerifyWish(
                request,
                call.flag("source"),
                target,
                repair,
                deleting ? Repair.Extra.DELETE : Repair.Extra.KEEP,
                call.body().path("show").asInt(DIFFERENCES),
                Actor.ofApiKey(call.caller().name()).name()));
        return Reply.json(
                        202,
                        Json.MAPPER.createObjectNode().put("verify", job.id()).put("job", job.id()))
                .with("location", "/api/verify/" + job.id());
    }

    /** The replay that made a copy: the copy is held against the log as it was then. */
    private ReplayStatus copied(String replay) {
        ReplayStatus status;
        try {
            status = replays.show(replay);
        } catch (CommandFailure e) {
            // Nobody ever asked for one of this name.
            throw Problem.of(422, "copy: there is no replay of this name");
        }
        ReplayTarget target = status.definition().request().target();
        if (target == null
                || !projects.has(target)
                || !status.definition().request().isWhole()) {
            throw Problem.of(
                    422,
                    "copy: expected a replay of everything into one of the projects that " + NamedProjects.SETTING
                            + " names");
        }
        if (!status.isFinished()) {
            throw Problem.of(
                    409,
                    "copy: expected a replay that has come to its end; " + replay + " is " + status.state()
                            + ", so its copy lacks rows");
        }
        return status;
    }

    private static Duration grace(ApiCall call) {
        return call.body().has("grace")
                ? Duration.ofSeconds(call.body().path("grace").asInt())
                : VerifyRequest.USUAL_GRACE;
    }

    private Reply show(ApiCall call) {
        return Reply.json(jobs.job(call.text("verify"))
                .filter(job -> job.kind() == Kind.VERIFY)
                .map(VerifyEndpoints::json)
                .orElseThrow(() -> Problem.of(
                        404,
                        "there is no comparison of this name; those asked for before the console started are gone")));
    }

    private static ObjectNode json(Job job) {
        ObjectNode json = job.json().put("verify", job.id());
        for (String part : new String[] {"source", "repair"}) {
            if (!json.has(part)) {
                json.putNull(part);
            }
        }
        return json;
    }
}
