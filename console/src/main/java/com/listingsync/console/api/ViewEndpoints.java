package com.listingsync.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.command.ConnectionCard;
import com.listingsync.common.run.RunState;
import com.listingsync.common.setting.SettingsInForce;
import com.listingsync.common.wire.Json;
import com.listingsync.console.access.KeyRing;
import com.listingsync.console.api.RunIndex.Page;
import com.listingsync.console.http.Problem;
import com.listingsync.console.http.Reply;
import com.listingsync.console.live.EventStream;
import com.listingsync.console.live.EventStream.Event;
import com.listingsync.console.live.Pipeline;
import com.listingsync.console.live.ServiceSettingsView;
import com.listingsync.console.openapi.ApiDocument;
import com.listingsync.console.run.RunJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looking at what there is. Thread-safe. */
final class ViewEndpoints {

    private static final int RUNS_AT_FIRST = 100;

    private final ApiDocument document;
    private final RunsBook runs;
    private final Pipeline pipeline;
    private final EventStream events;
    private final SyncRequests requests;
    private final SettingsInForce settings;
    private final ServiceSettingsView others;
    private final KeyRing keys;

    /**
     * @param settings the console's own
     * @param others says those of the services
     * @param keys whether calls need one
     */
    ViewEndpoints(
            ApiDocument document,
            RunsBook runs,
            Pipeline pipeline,
            EventStream events,
            SyncRequests requests,
            SettingsInForce settings,
            ServiceSettingsView others,
            KeyRing keys) {
        this.document = document;
        this.runs = runs;
        this.pipeline = pipeline;
        this.events = events;
        this.requests = requests;
        this.settings = settings;
        this.others = others;
        this.keys = keys;
    }

    Map<String, Endpoint> all() {
        Map<String, Endpoint> all = new LinkedHashMap<>();
        all.put("getDocument", call -> Reply.json(document.json()));
        all.put("getSession", this::session);
        all.put("listRuns", this::listRuns);
        all.put("getRun", this::run);
        all.put("getPipeline", call -> Reply.json(pipeline()));
        all.put("listConnections", call -> Reply.json(connections()));
        all.put(
                "listTopics",
                call -> Reply.json(Json.MAPPER
                        .createObjectNode()
                        .<ObjectNode>set("items", pipeline().path("topics"))));
        all.put("getSettings", call -> Reply.json(settings()));
        all.put("streamEvents", this::stream);
        return all;
    }

    /** What an open dashboard is told when runs have changed. */
    static Event changed(Collection<RunState> changed) {
        ArrayNode all = Json.MAPPER.createArrayNode();
        changed.forEach(run -> all.add(RunJson.of(run)));
        return new Event("runs", all);
    }

    private Reply session(ApiCall call) {
        return Reply.json(Json.MAPPER
                .createObjectNode()
                .put("name", call.caller().name())
                .put("role", call.caller().role().wireName())
                .put("keysInUse", keys.inUse()));
    }

    private Reply listRuns(ApiCall call) {
        Optional<String> status = call.maybe("status");
        Optional<String> trigger = call.maybe("trigger");
        Page page = runs.index()
                .page(
                        call.limit(),
                        call.maybe("cursor").map(ViewEndpoints::place),
                        run -> status.map(run.status().wireName()::equals).orElse(true)
                                && trigger.map(run.trigger()::equals).orElse(true));
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode items = json.putArray("items");
        page.runs().forEach(run -> items.add(run.json()));
        String next = page.next();
        json.put(
                "next",
                next == null
                        ? null
                        : Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(next.getBytes(StandardCharsets.UTF_8)));
        json.put("total", runs.index().size());
        return Reply.json(json);
    }

    private static String place(String cursor) {
        try {
            String place = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (place.matches("\\d{1,18}-.+")) {
                return place;
            }
        } catch (IllegalArgumentException e) {
            // Not Base64: said below as any other cursor that is none of ours.
            throw Problem.of(400, "cursor: expected the 'next' of a page");
        }
        throw Problem.of(400, "cursor: expected the 'next' of a page");
    }

    private Reply run(ApiCall call) {
        String id = call.text("run");
        return Reply.json(RunJson.of(runs.run(id).orElseThrow(() -> Problem.of(404, "there is no run '" + id + "'"))));
    }

    private ObjectNode pipeline() {
        return pipeline.json().orElseThrow(() -> Problem.of(503, "the pipeline has not been looked at yet"));
    }

    private ObjectNode connections() throws InterruptedException {
        Map<String, JsonNode> outlooks = new HashMap<>();
        pipeline.facts("feeds")
                .forEach(list -> list.forEach(feed -> outlooks.put(
                        feed.path("connection").asText() + "/"
                                + feed.path("feed").asText(),
                        feed)));
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode items = json.putArray("items");
        for (ConnectionCard card : requests.catalogue()) {
            items.add(connection(card, outlooks));
        }
        return json;
    }

    private ObjectNode connection(ConnectionCard card, Map<String, JsonNode> outlooks) {
        ObjectNode json = Json.MAPPER
                .createObjectNode()
                .put("name", card.name())
                .put("owner", card.owner())
                .put("kind", card.kind())
                .put("view", card.view());
        pipeline.requests(card.name()).ifPresent(words -> json.put("requests", words));
        ArrayNode feeds = json.putArray("feeds");
        card.feeds().forEach(feed -> {
            ObjectNode each = feeds.addObject().put("name", feed.name()).put("entity", feed.entity());
            JsonNode outlook = outlooks.get(card.name() + "/" + feed.name());
            if (outlook != null) {
                for (String field : List.of("reading", "waiting", "last", "next", "intervalSeconds", "problem")) {
                    each.set(field, outlook.path(field));
                }
            }
        });
        return json;
    }

    private ObjectNode settings() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode items = json.putArray("items");
        items.addAll(others.json());
        ObjectNode own = items.addObject().put("name", "console").put("service", "console");
        own.setAll(settings.json());
        return json;
    }

    private Reply stream(ApiCall call) {
        if (!events.hasRoom()) {
            throw Problem.of(503, EventStream.MOST_LISTENERS + " dashboards are open already")
                    .with("retry-after", "30");
        }
        return new Reply.Stream("text/event-stream", outlet -> events.join(outlet, this::first));
    }

    private List<Event> first() {
        List<Event> first = new ArrayList<>();
        ArrayNode newest = Json.MAPPER.createArrayNode();
        runs.index().newest(RUNS_AT_FIRST).forEach(run -> newest.add(run.json()));
        first.add(new Event("history", newest));
        ArrayNode running = Json.MAPPER.createArrayNode();
        runs.index().newest(RUNS_AT_FIRST).stream()
                .filter(run -> !run.status().ended())
                .flatMap(run -> runs.index().whole(run.run()).stream())
                .forEach(run -> running.add(RunJson.of(run)));
        first.add(new Event("runs", running));
        first.add(new Event("trail", pipeline.trail()));
        pipeline.json().ifPresent(view -> first.add(new Event("pipeline", view)));
        return first;
    }
}
