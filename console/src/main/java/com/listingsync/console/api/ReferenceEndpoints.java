package com.listingsync.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.wire.Json;
import com.listingsync.console.http.Reply;
import com.listingsync.console.reference.MetersPage;
import com.listingsync.console.reference.SettingsPage;
import com.listingsync.console.reference.Version;
import java.util.Map;

/** What there is to set and to measure, and which version this is. Stateless. */
final class ReferenceEndpoints {

    private ReferenceEndpoints() {}

    static Map<String, Endpoint> all() {
        return Map.of(
                "listSettings", call -> listed(SettingsPage.json()),
                "listMeters", call -> listed(MetersPage.json()),
                "getVersion", call -> Reply.json(Version.json()));
    }

    private static Reply listed(JsonNode items) {
        return Reply.json(Json.MAPPER.createObjectNode().set("items", items));
    }
}
