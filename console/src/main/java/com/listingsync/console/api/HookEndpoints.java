package com.listingsync.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.command.ConnectionCard;
import com.listingsync.common.event.Entity;
import com.listingsync.common.setting.Secret;
import com.listingsync.common.wire.Json;
import com.listingsync.console.http.Problem;
import com.listingsync.console.http.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What upstreams tell us by themselves: an MLS that a record changed (RESO RCP-28), Google Drive that a spreadsheet did. Both
 * only make us look sooner; what is missed is found by the schedule. Thread-safe.
 */
final class HookEndpoints {

    private static final Map<String, Entity> RESOURCES = Map.of(
            "property", Entity.PROPERTY,
            "media", Entity.MEDIA,
            "propertyrooms", Entity.ROOMS,
            "rooms", Entity.ROOMS,
            "openhouse", Entity.OPENHOUSE);

    private final HookBatches batches;
    private final SyncRequests requests;
    private final Optional<HookProof> proof;
    private final Secret driveToken;
    private final Gatekeeper gate;

    HookEndpoints(
            HookBatches batches, SyncRequests requests, Optional<HookProof> proof, Secret driveToken, Gatekeeper gate) {
        this.batches = batches;
        this.requests = requests;
        this.proof = proof;
        this.driveToken = driveToken;
        this.gate = gate;
    }

    Map<String, Endpoint> all() {
        return Map.of("receiveResoEvents", this::reso, "receiveDriveChange", this::drive);
    }

    private Reply reso(ApiCall call) throws InterruptedException {
        HookProof judge = proof.orElseThrow(
                () -> Problem.of(503, "SYNC_HOOK_SECRET is not set at the console, so webhooks are not taken"));
        gate.requirePatience(call.raw().remoteAddress());
        HookProof.Verdict verdict = judge.of(call.raw());
        if (verdict == HookProof.Verdict.FALSE) {
            throw gate.wrong(
                    call.raw(),
                    "expected a signature with SYNC_HOOK_SECRET: webhook-id, webhook-timestamp (of the last five minutes) and"
                            + " webhook-signature, or x-hub-signature-256");
        }
        ConnectionCard card = connection(call, "mls");
        List<JsonNode> events = events(call.body());
        if (verdict == HookProof.Verdict.GENUINE) {
            events.forEach(event -> take(card, event));
        }
        return Reply.json(202, Json.MAPPER.createObjectNode().put("accepted", events.size()));
    }

    private Reply drive(ApiCall call) throws InterruptedException {
        if (driveToken.isEmpty()) {
            throw Problem.of(503, "SYNC_HOOK_DRIVE_TOKEN is not set at the console, so Drive's notices are not taken");
        }
        gate.requirePatience(call.raw().remoteAddress());
        if (!SyncEndpoints.equal(call.raw().header("x-goog-channel-token").orElse(""), driveToken.reveal())) {
            throw gate.wrong(call.raw(), "expected 'X-Goog-Channel-Token' with the value of SYNC_HOOK_DRIVE_TOKEN");
        }
        ConnectionCard card = connection(call, "google-sheets");
        // The first notice of a channel only says that it is open.
        boolean opened = call.raw().header("x-goog-resource-state").orElse("").equals("sync");
        if (!opened) {
            card.feeds().forEach(feed -> batches.changed(card.name(), feed.name()));
        }
        return Reply.json(202, Json.MAPPER.createObjectNode().put("accepted", opened ? 0 : 1));
    }

    private ConnectionCard connection(ApiCall call, String kind) throws InterruptedException {
        String name = call.text("connection");
        return requests.catalogue().stream()
                .filter(card -> card.name().equals(name) && card.kind().equals(kind))
                .findFirst()
                .orElseThrow(() -> Problem.of(404, "there is no " + kind + " connection of this name"));
    }

    /** One event, or many as {@code value}: the common format knows both. */
    private static List<JsonNode> events(JsonNode body) {
        List<JsonNode> events = new ArrayList<>();
        if (body.has("value")) {
            body.path("value").forEach(events::add);
        } else {
            events.add(body);
        }
        for (JsonNode event : events) {
            if (!event.path("ResourceName").isTextual()
                    || !event.path("ResourceRecordKey").isTextual()) {
                throw Problem.of(400, "body: expected events with ResourceName and ResourceRecordKey (RCP-28)");
            }
        }
        return events;
    }

    private void take(ConnectionCard card, JsonNode event) {
        Entity entity = RESOURCES.get(event.path("ResourceName").asText().toLowerCase(Locale.ROOT));
        if (entity == null) {
            // Members, offices, showings: not ours to keep.
            return;
        }
        card.feeds().stream()
                .filter(feed -> feed.entity().equals(entity.wireName()))
                .forEach(feed -> {
                    if (entity == Entity.PROPERTY) {
                        batches.changed(
                                card.name(),
                                feed.name(),
                                event.path("ResourceRecordKey").asText());
                    } else {
                        // A child's key does not say whose child it is: what changed in its feed is read from the
                        // cursor on.
                        batches.changed(card.name(), feed.name());
                    }
                });
    }
}
