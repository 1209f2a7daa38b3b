package com.listingsync.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.wire.Json;
import com.listingsync.console.http.Problem;
import com.listingsync.console.http.Reply;
import java.util.Map;
import java.util.Optional;

/** A listing as Supabase has it. Thread-safe. */
final class ListingEndpoints {

    private final Optional<SupabaseView> supabase;

    ListingEndpoints(Optional<SupabaseView> supabase) {
        this.supabase = supabase;
    }

    Map<String, Endpoint> all() {
        return Map.of("searchListings", this::search, "getListing", this::show);
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

    private SupabaseView view() {
        return supabase.orElseThrow(
                () -> Problem.of(503, "SUPABASE_URL and SUPABASE_SERVICE_ROLE_KEY are not set at the console"));
    }
}
