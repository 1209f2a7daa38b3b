package com.listingsync.console.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.wire.Json;
import com.listingsync.console.api.Job.Kind;
import com.listingsync.console.audit.Actor;
import com.listingsync.console.http.Problem;
import com.listingsync.console.http.Reply;
import com.listingsync.console.replay.ReplayBound;
import com.listingsync.console.replay.ReplayRequest;
import com.listingsync.console.replay.ReplayTarget;
import com.listingsync.console.replay.ReplayText;
import com.listingsync.console.replay.Replays;
import com.listingsync.console.replay.RunningReplay;
import com.listingsync.console.shell.CommandFailure;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Replays into the project that the sink writes to, or into one that the settings name. Replays of rows that are begun here
 * run here; a console that stops lets go of them where they stand, and they can be resumed. Thread-safe.
 */
final class ReplayEndpoints implements AutoCloseable {

    private final Replays replays;
    private final NamedProjects projects;
    private final JobDesk jobs;
    private final Clock clock;
    private final List<RunningReplay> here = new CopyOnWriteArrayList<>();

    ReplayEndpoints(Replays replays, NamedProjects projects, JobDesk jobs, Clock clock) {
        this.replays = replays;
        this.projects = projects;
        this.jobs = jobs;
        this.clock = clock;
    }

    Map<String, Endpoint> all() {
        Map<String, Endpoint> all = new LinkedHashMap<>();
        all.put("listReplays", this::list);
        all.put("getReplay", call -> Reply.json(ReplayText.json(existing(() -> replays.show(call.text("replay"))))));
        all.put("startReplay", this::start);
        all.put("tryReplay", this::tried);
        all.put("pauseReplay", call -> wished(call, () -> replays.pause(call.text("replay"), who(call))));
        all.put("stopReplay", call -> wished(call, () -> replays.stop(call.text("replay"), who(call))));
        all.put("resumeReplay", this::resume);
        return all;
    }

    /** Lets go of the replays that run here. */
    @Override
    public void close() {
        here.forEach(RunningReplay::close);
    }

    private Reply list(ApiCall call) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode items = json.putArray("items");
        replays.list().stream().limit(call.limit()).forEach(one -> items.add(ReplayText.json(one)));
        return Reply.json(json);
    }

    private Reply start(ApiCall call) {
        return begun(replays.start(request(call), call.flag("allowLive") ? Replays.Live.MEANT : Replays.Live.REFUSED));
    }

    private Reply tried(ApiCall call) {
        ReplayRequest request = request(call);
        return JobEndpoints.begun(jobs.start(
                Kind.REPLAY_TRIAL, who(call), job -> replays.tried(request).json()));
    }

    private ReplayRequest request(ApiCall call) {
        Instant now = clock.instant();
        return new ReplayRequest(
                call.body().path("topic").asText(),
                call.list("entities"),
                call.list("keys"),
                call.body().path("run").textValue(),
                bound(call, "from", now),
                bound(call, "to", now),
                call.given("target").map(projects::project).orElse(null),
                call.body().path("abovePercent").asInt(0),
                call.body().path("rate").asInt(0),
                who(call));
    }

    private static ReplayBound bound(ApiCall call, String name, Instant now) {
        String typed = call.body().path(name).asText("");
        return typed.isEmpty() ? ReplayBound.NONE : ReplayBound.of(name, typed, now);
    }

    private Reply resume(ApiCall call) throws InterruptedException {
        requireKnown(existing(() -> replays.show(call.text("replay")))
                .definition()
                .request()
                .target());
        try {
            return begun(replays.resume(call.text("replay"), who(call)));
        } catch (CommandFailure e) {
            // It has come to its end: there is nothing to go on with.
            throw Problem.of(409, String.valueOf(e.getMessage()));
        }
    }

    /** A replay that was begun at the command line may go anywhere; this console sends keys only where its settings say. */
    private void requireKnown(@Nullable ReplayTarget target) {
        if (target != null && !projects.has(target)) {
            throw Problem.of(
                    422,
                    "it goes to " + target.host() + ", which is none of the projects that " + NamedProjects.SETTING
                            + " names; resume it at the command line");
        }
    }

    private Reply begun(Replays.Started started) {
        here.removeIf(replay -> replay.status().isEnded());
        started.here().ifPresent(here::add);
        return Reply.json(202, Json.MAPPER.createObjectNode().put("replay", started.id()));
    }

    private Reply wished(ApiCall call, Runnable wish) {
        existing(() -> replays.show(call.text("replay")));
        try {
            wish.run();
        } catch (CommandFailure e) {
            // It has come to its end: there is nothing to pause or stop.
            throw Problem.of(409, String.valueOf(e.getMessage()));
        }
        return Reply.json(202, Json.MAPPER.createObjectNode().put("replay", call.text("replay")));
    }

    private static <T> T existing(Supplier<T> replay) {
        try {
            return replay.get();
        } catch (CommandFailure e) {
            // Nobody ever asked for one of this name.
            throw Problem.of(404, "there is no replay of this name");
        }
    }

    private static String who(ApiCall call) {
        return Actor.ofApiKey(call.caller().name()).name();
    }
}
