package com.listingsync.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.deadletter.LetterId;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.topic.Topics;
import com.listingsync.common.wire.Json;
import com.listingsync.console.api.LetterShelf.Shelved;
import com.listingsync.console.audit.Actor;
import com.listingsync.console.deadletter.Causes;
import com.listingsync.console.deadletter.DeadLetters;
import com.listingsync.console.deadletter.Edit;
import com.listingsync.console.deadletter.LetterExport;
import com.listingsync.console.deadletter.LetterFilter;
import com.listingsync.console.deadletter.LetterState;
import com.listingsync.console.deadletter.LetterStats;
import com.listingsync.console.deadletter.LetterSummary;
import com.listingsync.console.deadletter.Placement;
import com.listingsync.console.deadletter.Redrive;
import com.listingsync.console.deadletter.RedriveReport;
import com.listingsync.console.deadletter.RedriveRequest;
import com.listingsync.console.http.Problem;
import com.listingsync.console.http.Reply;
import com.listingsync.console.shell.CommandFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Dead letters: looked at, counted, explained, replayed and discarded, as {@code ./listing-sync dlq} does. Thread-safe. */
final class LetterEndpoints {

    private final DeadLetters letters;
    private final LetterShelf shelf;
    private final Redrive redrive;

    /** A second replay would end the first, and some take hours. */
    private final OneAtATime oneAtATime = new OneAtATime(
            Duration.ofSeconds(10), "dead letters are being replayed or discarded; one call does so at a time");

    private final Set<String> topics;
    private final LetterSelection selection;

    /** @param topics those of the stages; what stands on others is not for whoever may look at dead letters */
    LetterEndpoints(Topics topics, DeadLetters letters, LetterShelf shelf, Redrive redrive, InstantSource clock) {
        this.topics = Stream.of(Stage.values())
                .map(stage -> topics.deadLetters(stage).name())
                .collect(Collectors.toUnmodifiableSet());
        this.selection = new LetterSelection(this.topics, clock);
        this.letters = letters;
        this.shelf = shelf;
        this.redrive = redrive;
    }

    Map<String, Endpoint> all() {
        Map<String, Endpoint> all = new LinkedHashMap<>();
        all.put("listDeadLetters", this::list);
        all.put("countDeadLetters", this::stats);
        all.put("exportDeadLetters", this::export);
        all.put("explainDeadLetters", this::explain);
        all.put("getDeadLetter", this::show);
        all.put("replayDeadLetters", this::replay);
        all.put("discardDeadLetters", this::discard);
        return all;
    }

    private Reply list(ApiCall call) throws InterruptedException {
        return page(call, page -> page.stream().map(LetterSummary::json).toList());
    }

    /** A page whole: the bytes of its letters are read once more, since a list holds none. */
    private Reply export(ApiCall call) throws InterruptedException {
        return page(call, page -> {
            List<LetterId> ids = page.stream().map(LetterSummary::id).toList();
            Map<LetterId, ObjectNode> whole = new HashMap<>();
            if (!ids.isEmpty()) {
                letters.walk(LetterFilter.of(ids), count -> {}, (letter, state) -> {
                    whole.put(letter.id(), LetterExport.json(letter, state));
                    return true;
                });
            }
            return ids.stream().map(whole::get).filter(Objects::nonNull).toList();
        });
    }

    private Reply page(ApiCall call, Function<List<LetterSummary>, List<ObjectNode>> told) throws InterruptedException {
        int from = call.maybe("cursor").map(LetterEndpoints::place).orElse(0);
        Shelved<DeadLetters.Page> list = shelf.list(selection.of(call.parameters()));
        List<LetterSummary> page = LetterShelf.page(list.content(), from, call.limit());
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.putArray("items").addAll(told.apply(page));
        int next = from + page.size();
        boolean more =
                page.size() == call.limit() && next < list.content().letters().size();
        json.put(
                "next",
                more
                        ? Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(Integer.toString(next).getBytes(StandardCharsets.US_ASCII))
                        : null);
        json.put("total", list.content().matching()).put("asOf", list.at().toString());
        return Reply.json(json);
    }

    private static int place(String cursor) {
        try {
            return Math.max(
                    0, Integer.parseInt(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII)));
        } catch (IllegalArgumentException e) {
            // Not one of ours; whoever made it up is told so.
            throw Problem.of(400, "cursor: expected the 'next' of a page");
        }
    }

    private Reply stats(ApiCall call) throws InterruptedException {
        Shelved<LetterStats> stats = shelf.stats(selection.of(call.parameters()));
        return Reply.json(stats.content().json().put("asOf", stats.at().toString()));
    }

    private Reply explain(ApiCall call) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode items = json.putArray("items");
        Causes.meanings(call.maybe("stage").orElse(null), call.text("code")).forEach(cause -> items.add(cause.json()));
        return Reply.json(json);
    }

    private Reply show(ApiCall call) {
        if (!topics.contains(call.text("topic"))) {
            throw Problem.of(
                    404,
                    "there is no such topic of dead letters; there are "
                            + topics.stream().sorted().collect(Collectors.joining(", ")));
        }
        LetterId id = new LetterId(
                call.text("topic"),
                call.parameters().path("partition").asInt(),
                call.parameters().path("offset").asLong());
        return Reply.json(letters.show(id)
                .orElseThrow(() -> Problem.of(404, "there is no dead letter here; it may have grown too old"))
                .json());
    }

    private Reply replay(ApiCall call) throws InterruptedException {
        RedriveRequest request = request(call, EnumSet.of(LetterState.OPEN));
        return done(() -> redrive.replay(request, count -> {}));
    }

    private Reply discard(ApiCall call) throws InterruptedException {
        RedriveRequest request = request(call, EnumSet.of(LetterState.OPEN, LetterState.PARKED));
        return done(() -> redrive.discard(request, count -> {}));
    }

    private Reply done(OneAtATime.Work<RedriveReport> work) throws InterruptedException {
        try {
            return Reply.json(oneAtATime.run(work).json());
        } finally {
            shelf.changed();
        }
    }

    private RedriveRequest request(ApiCall call, Set<LetterState> otherwise) {
        JsonNode body = call.body();
        LetterFilter filter = selection.of(body);
        boolean named = body.has("ids") || body.has("state");
        int most = body.path("max").asInt(0);
        return new RedriveRequest(
                named ? filter : filter.inStates(otherwise),
                edit(body),
                placement(body),
                most == 0 ? OptionalInt.empty() : OptionalInt.of(most),
                body.path("rate").asInt(0),
                body.path("dryRun").asBoolean(false),
                Actor.ofApiKey(call.caller().name()),
                Optional.of(body.path("why").asText()).filter(why -> !why.isBlank()));
    }

    private static Optional<Edit> edit(JsonNode body) {
        try {
            if (body.has("patch")) {
                return Optional.of(Edit.patch(body.path("patch").toString()));
            }
            return body.has("value")
                    ? Optional.of(Edit.replacement(body.path("value").toString().getBytes(StandardCharsets.UTF_8)))
                    : Optional.empty();
        } catch (CommandFailure e) {
            // The edit is the caller's; nothing was begun.
            throw Problem.of(400, String.valueOf(e.getMessage()));
        }
    }

    private static Placement placement(JsonNode body) {
        return new Placement(
                Optional.ofNullable(body.path("recordKey").textValue()),
                body.has("sourceVersion")
                        ? Optional.of(body.path("sourceVersion").asLong())
                        : Optional.empty());
    }
}
