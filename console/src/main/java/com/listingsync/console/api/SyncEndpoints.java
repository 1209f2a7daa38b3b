package com.listingsync.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.command.SyncCommand.Sweep;
import com.listingsync.common.event.Entity;
import com.listingsync.common.event.View;
import com.listingsync.common.run.RunState;
import com.listingsync.common.run.Tally;
import com.listingsync.common.setting.Secret;
import com.listingsync.common.wire.Json;
import com.listingsync.console.api.SyncRequests.Wish;
import com.listingsync.console.http.Problem;
import com.listingsync.console.http.Reply;
import com.listingsync.console.run.RunRequest;
import com.listingsync.console.run.SyncSelection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asking for runs, and what became of them, as other systems do it. Thread-safe. */
final class SyncEndpoints {

    private static final String CRON = "cron";

    private final SyncRequests requests;
    private final RunsBook runs;
    private final SyncHealth health;
    private final Secret cronSecret;
    private final Gatekeeper gate;

    SyncEndpoints(SyncRequests requests, RunsBook runs, SyncHealth health, Secret cronSecret, Gatekeeper gate) {
        this.requests = requests;
        this.runs = runs;
        this.health = health;
        this.cronSecret = cronSecret;
        this.gate = gate;
    }

    Map<String, Endpoint> all() {
        Map<String, Endpoint> all = new LinkedHashMap<>();
        all.put("startSync", this::start);
        all.put("startManualSync", this::startManual);
        all.put("getSyncStatus", this::status);
        all.put("getSyncHealth", call -> health.reply());
        all.put("startStatusSync", this::cron);
        all.put("getCronHealth", call -> cronHealth());
        return all;
    }

    private Reply start(ApiCall call) throws InterruptedException {
        SyncSelection selection = new SyncSelection(
                call.list("views").stream()
                        .map(name -> View.of(name).orElseThrow())
                        .collect(Collectors.toSet()),
                call.list("entities").stream()
                        .map(name -> Entity.of(name).orElseThrow())
                        .collect(Collectors.toSet()),
                call.flag("sheets"),
                call.list("connections"),
                call.list("owners"));
        Sweep sweep = switch (call.body().path("sweep").asText("none")) {
            case "sweep" -> Sweep.SWEEP;
            case "confirmed" -> Sweep.CONFIRMED;
            default -> Sweep.NONE;
        };
        return asked(new Wish("api", selection, call.list("keys"), call.flag("force"), sweep, pageSize(call)));
    }

    private Reply startManual(ApiCall call) throws InterruptedException {
        return asked(new Wish(
                "api",
                requests.propertyListings(),
                call.list("propertyNumbers"),
                call.flag("force"),
                Sweep.NONE,
                pageSize(call)));
    }

    private Reply asked(Wish wish) throws InterruptedException {
        RunRequest run = requests.ask(wish);
        ObjectNode more = Json.MAPPER.createObjectNode();
        if (wish.pageSize() != null) {
            more.put(
                    "note",
                    "batchSize is how many records an MLS is asked for at a time, and at most its feed's page_size; the run's"
                            + " status says what was used; spreadsheets are read whole");
        }
        return SyncRequests.accepted(run, more);
    }

    private static @Nullable Integer pageSize(ApiCall call) {
        return call.body().has("batchSize")
                ? (Integer) call.body().path("batchSize").asInt()
                : null;
    }

    private Reply status(ApiCall call) {
        String id = call.text("syncId");
        RunState run = runs.run(id)
                .orElseThrow(
                        () -> Problem.of(404, "there is no run '" + id + "'; one asked for just now takes a second"));
        Tally total = run.total();
        ObjectNode json = Json.MAPPER
                .createObjectNode()
                .put("syncId", run.run())
                .put("status", run.status().wireName())
                .put("trigger", run.trigger())
                .put("startedAt", time(run.startedAt()))
                .put("completedAt", run.endedAt() == null ? null : time(run.endedAt()))
                .put("totalItems", total.fetched())
                .put("successCount", total.written() + total.unchanged())
                .put("failedCount", total.refused())
                .put("skippedCount", total.skipped())
                .put("parkedCount", total.parked())
                .put("inFlightCount", total.inFlight())
                .put("progress", progress(run));
        ObjectNode errors = json.putObject("errorDetails");
        run.feeds().forEach((name, feed) -> errors.put(name, feed.problem()));
        errors.properties().removeIf(each -> each.getValue().isNull());
        run.missingKeys().forEach(json.putArray("missingKeys")::add);
        ObjectNode sizes = json.putObject("batchSizes");
        run.feeds().forEach((name, feed) -> {
            if (feed.pageSize() != null) {
                sizes.put(name, feed.pageSize());
            }
        });
        return Reply.json(json);
    }

    /** Share of what the sources announced that is accounted for, 0 to 100; null while they have announced nothing. */
    private static @Nullable Integer progress(RunState run) {
        if (run.status().ended()) {
            return 100;
        }
        long done = run.total().fetched() - run.total().inFlight();
        long expected = run.feeds().values().stream()
                .mapToLong(feed -> Math.max(
                        feed.isFinished() || feed.expected() == null ? 0 : feed.expected(),
                        feed.tally().fetched()))
                .sum();
        return expected == 0 ? null : (Integer) (int) Math.min(99, done * 100 / expected);
    }

    private Reply cron(ApiCall call) throws InterruptedException {
        if (cronSecret.isEmpty()) {
            throw Problem.of(503, "CRON_SECRET is not set at the console, so nothing is started by cron");
        }
        // A secret that people choose may be weak, so here a right one waits too once many wrong ones came.
        gate.requirePatience(call.raw().remoteAddress());
        Optional<String> shown = call.raw().bearer().or(() -> call.raw().header("x-cron-secret"));
        if (shown.isEmpty() || !equal(shown.get(), cronSecret.reveal())) {
            throw gate.wrong(call.raw(), "expected 'Authorization: Bearer' with the value of CRON_SECRET");
        }
        Optional<RunSummary> running = runs.index().newest(100).stream()
                .filter(run -> run.trigger().equals(CRON) && !run.status().ended())
                .findFirst();
        if (running.isPresent()) {
            return Reply.json(
                    202,
                    Json.MAPPER
                            .createObjectNode()
                            .put("syncId", running.get().run())
                            .put("run", running.get().run())
                            .put("status", "running"));
        }
        Wish wish = new Wish(CRON, SyncRequests.ofKinds(Set.of(Entity.PROPERTY)), List.of(), false, Sweep.NONE);
        return SyncRequests.accepted(requests.ask(wish), Json.MAPPER.createObjectNode());
    }

    private Reply cronHealth() {
        ObjectNode json = Json.MAPPER.createObjectNode().put("status", "ok").put("enabled", !cronSecret.isEmpty());
        runs.problem().ifPresent(problem -> json.put("status", "unavailable"));
        runs.index()
                .page(1, Optional.empty(), run -> run.trigger().equals(CRON))
                .runs()
                .forEach(run -> json.put("lastRun", time(run.startedAt()))
                        .put("lastStatus", run.status().wireName()));
        return Reply.json(runs.problem().isPresent() ? 503 : 200, json);
    }

    static boolean equal(String shown, String secret) {
        return MessageDigest.isEqual(shown.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8));
    }

    static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
