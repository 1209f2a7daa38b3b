package com.listingsync.console.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.signal.SignalTarget;
import com.listingsync.common.wire.Json;
import com.listingsync.console.audit.Actor;
import com.listingsync.console.audit.AuditEntry;
import com.listingsync.console.audit.AuditText;
import com.listingsync.console.audit.AuditTrail;
import com.listingsync.console.http.Problem;
import com.listingsync.console.http.Reply;
import com.listingsync.console.signal.SignalBoard;
import com.listingsync.console.signal.SignalRequest;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Standing still, going on, and who did what. Thread-safe. */
final class OperatorEndpoints {

    private final SignalBoard board;
    private final AuditTrail trail;
    private final Clock clock;

    OperatorEndpoints(SignalBoard board, AuditTrail trail, Clock clock) {
        this.board = board;
        this.trail = trail;
        this.clock = clock;
    }

    Map<String, Endpoint> all() {
        Map<String, Endpoint> all = new LinkedHashMap<>();
        all.put("listPauses", call -> paused());
        all.put("pause", call -> signal(call, true));
        all.put("resume", call -> signal(call, false));
        all.put(
                "listAudit",
                call -> Reply.json(Json.MAPPER
                        .createObjectNode()
                        .<ObjectNode>set("items", AuditText.json(trail.last(call.limit())))));
        return all;
    }

    /** The same endpoint, whose calls stand in the audit trail: before it begins, and when it has ended. */
    Endpoint audited(String action, Endpoint endpoint) {
        return call -> {
            AuditEntry begun =
                    trail.begin(Actor.ofApiKey(call.caller().name()), action, selection(call), Optional.empty());
            String problem = "failed";
            try {
                Reply reply = endpoint.answer(call);
                problem = null;
                return reply;
            } catch (Problem e) {
                // Answered as it is; the trail says that nothing came of it.
                problem = e.detail();
                throw e;
            } finally {
                trail.end(begun, Map.of(), problem);
            }
        };
    }

    /** What was asked for: the body, which holds names and keys and no payload. */
    private static String selection(ApiCall call) {
        String words = call.body().isEmpty() ? "" : call.body().toString();
        return words.length() <= 500 ? words : words.substring(0, 500) + "…";
    }

    private Reply paused() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode items = json.putArray("items");
        board.read().paused().forEach(signal -> items.add(SignalBoard.json(signal)));
        return Reply.json(json);
    }

    private Reply signal(ApiCall call, boolean paused) {
        SignalTarget target;
        try {
            target = SignalTarget.of(call.body().path("target").asText());
        } catch (IllegalArgumentException e) {
            // The name is the caller's; its sentence says what was expected.
            throw Problem.of(
                    400, "target: expected producer, processor, sink, connection/NAME or feed/CONNECTION/FEED");
        }
        SignalRequest request = new SignalRequest(
                target,
                paused,
                Actor.ofApiKey(call.caller().name()).name(),
                call.body().path("why").asText());
        return Reply.json(board.send(request, clock.millis()).json());
    }
}
