package com.listingsync.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.wire.Json;
import com.listingsync.console.http.Problem;
import com.listingsync.console.http.Reply;
import com.listingsync.console.moment.Moment;
import com.listingsync.console.trace.TraceRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** A listing as Supabase has it, and how it came to be so. Thread-safe. */
final class ListingEndpoints {

    private final Optional<SupabaseView> supabase;
    private final TraceDesk traces;
    private final InstantSource clock;

    ListingEndpoints(Optional<SupabaseView> supabase, TraceDesk traces, InstantSource clock) {
        this.supabase = supabase;
        this.traces = traces;
        this.clock = clock;
    }

    Map<String, Endpoint> all() {
        return Map.of("searchListings", this::search, "getListing", this::show, "traceListing", this::trace);
    }

    private Reply search(ApiCall call) {
        return Reply.json(Json.MAPPER
                .createObjectNode()
                .<ObjectNode>set("items", view().search(call.text("q").strip())));
    }

    private Reply show(ApiCall call) {
        return Reply.json(view().listing(call.text("key"))
                .orElseThrow(() -> Problem.of(404, "Supabase holds no listing or sheet row of this key")));
    }

    private Reply trace(ApiCall call) throws InterruptedException {
        if (call.text("key").isBlank()) {
            throw Problem.of(400, "key: expected a key, found blanks");
        }
        Optional<Instant> since = call.maybe("since").map(this::moment);
        return Reply.json(traces.of(new TraceRequest(call.text("key"), since)).json());
    }

    private Instant moment(String typed) {
        try {
            return Moment.of(typed, clock.instant());
        } catch (DateTimeException e) {
            // The caller's; the sentence says what was expected.
            throw Problem.of(400, "since: " + e.getMessage());
        }
    }

    private SupabaseView view() {
        return supabase.orElseThrow(() -> Problem.of(503, SupabaseView.NOT_NAMED));
    }
}
