package com.listingsync.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.wire.Json;
import com.listingsync.console.audit.Actor;
import com.listingsync.console.http.Problem;
import com.listingsync.console.http.Reply;
import com.listingsync.console.verify.Repair;
import com.listingsync.console.verify.VerifyReport;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The proof that Supabase is as the log says: the last one, and a new one. Thread-safe. */
final class VerifyEndpoints {

    private static final int DIFFERENCES = 20;

    private final VerifyDesk desk;
    private final Supplier<Optional<VerifyReport>> proof;

    /** @param proof what the last comparison of the whole project found */
    VerifyEndpoints(VerifyDesk desk, Supplier<Optional<VerifyReport>> proof) {
        this.desk = desk;
        this.proof = proof;
    }

    Map<String, Endpoint> all() {
        return Map.of("getLastProof", call -> lastProof(), "startVerify", this::start, "getVerify", this::show);
    }

    private Reply lastProof() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.set("last", proof.get().map(report -> report.json(DIFFERENCES)).orElse(null));
        json.set("running", desk.running().map(VerifyJob::json).orElse(null));
        return Reply.json(json);
    }

    private Reply start(ApiCall call) {
        boolean deleting = call.flag("deleteExtra");
        if (deleting && !call.flag("repair")) {
            throw Problem.of(400, "deleteExtra: goes with repair");
        }
        VerifyJob job = desk.start(new VerifyJob.Wish(
                call.list("tables"),
                call.list("keys"),
                call.body().path("sample").asInt(0),
                call.flag("repair"),
                deleting ? Repair.Extra.DELETE : Repair.Extra.KEEP,
                Actor.ofApiKey(call.caller().name()).name()));
        String path = "/api/verify/" + job.id();
        return Reply.json(202, Json.MAPPER.createObjectNode().put("verify", job.id()))
                .with("location", path);
    }

    private Reply show(ApiCall call) {
        return Reply.json(desk.job(call.text("verify"))
                .orElseThrow(() -> Problem.of(
                        404,
                        "there is no comparison of this name; those asked for before the console started are gone"))
                .json());
    }
}
