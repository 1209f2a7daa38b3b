package com.listingsync.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.setting.EnvRecords;
import com.listingsync.common.wire.Json;
import com.listingsync.console.http.Problem;
import com.listingsync.sink.deliver.SupabaseSettings;
import com.listingsync.sink.deliver.TableAccess;
import com.listingsync.sink.deliver.TableAccess.AwayException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What Supabase holds of listings, asked over its REST interface. Thread-safe; reads only. */
final class SupabaseView implements AutoCloseable {

    /** What is said where a project is needed. */
    static final String NOT_NAMED = "SUPABASE_URL and SUPABASE_SERVICE_ROLE_KEY are not set at the console";

    /** What fails sooner has not been waited for. */
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private static final String FOUND = "20";
    private static final String SHOWN =
            "listing_key,listing_id,status,list_price,address,city,in_idx,in_vow,deleted_at";

    private final TableAccess tables;

    private SupabaseView(TableAccess tables) {
        this.tables = tables;
    }

    /** The project that this environment names; empty when it names none. */
    static Optional<SupabaseView> of(Map<String, String> environment) {
        return environment.getOrDefault("SUPABASE_URL", "").isBlank()
                ? Optional.empty()
                : Optional.of(new SupabaseView(new TableAccess(EnvRecords.read(SupabaseSettings.class, environment))));
    }

    /** Listings of this key, MLS number or property number, and those whose address has these words. */
    ArrayNode search(String words) {
        Map<String, JsonNode> found = new LinkedHashMap<>();
        properties(found, "listing_key", "eq." + words);
        properties(found, "listing_id", "eq." + words);
        for (JsonNode row : select(
                "property_listings",
                "property_number",
                "eq." + words,
                "property_number,mls_listing_key,status,price,address,city")) {
            found.put(
                    row.path("property_number").asText(),
                    Json.MAPPER
                            .createObjectNode()
                            .put("listing_key", row.path("property_number").asText())
                            .put("listing_id", row.path("mls_listing_key").asText())
                            .put("status", row.path("status").asText())
                            .put("address", row.path("address").asText())
                            .put("city", row.path("city").asText())
                            .put("sheet", true));
        }
        // What ilike takes for more than text is left out.
        String plain = words.replaceAll("[%_*\\\\]", " ").strip();
        if (plain.length() >= 3) {
            properties(found, "address", "ilike.*" + plain + "*");
        }
        ArrayNode all = Json.MAPPER.createArrayNode();
        found.values().forEach(all::add);
        return all;
    }

    /** Everything that is held of a listing; empty when nothing is. */
    Optional<ObjectNode> listing(String key) {
        List<JsonNode> rows = select("properties", "listing_key", "eq." + key, "*");
        List<JsonNode> sheets = select("property_listings", "mls_listing_key", "eq." + key, "*");
        if (rows.isEmpty() && sheets.isEmpty()) {
            sheets = select("property_listings", "property_number", "eq." + key, "*");
        }
        if (rows.isEmpty() && sheets.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode json = Json.MAPPER.createObjectNode().put("key", key);
        json.set("row", rows.isEmpty() ? null : rows.get(0));
        sheets.forEach(json.putArray("sheetRows")::add);
        add(json, "photos", "media", key, "media_key,order,modified_at,deleted_at");
        add(json, "rooms", "property_rooms", key, "room_key,room_type,deleted_at");
        add(json, "openHouses", "open_houses", key, "*");
        add(json, "statusHistory", "listing_status_history", key, "*");
        add(json, "posts", "listing_posts", key, "platform,external_id,status,unpublished_at");
        return Optional.of(json);
    }

    @Override
    public void close() {
        tables.close();
    }

    private void add(ObjectNode json, String name, String table, String key, String columns) {
        select(table, "listing_key", "eq." + key, columns, "500").forEach(json.putArray(name)::add);
    }

    private void properties(Map<String, JsonNode> found, String column, String condition) {
        select("properties", column, condition, SHOWN)
                .forEach(row -> found.put(row.path("listing_key").asText(), row));
    }

    private List<JsonNode> select(String table, String column, String condition, String columns) {
        return select(table, column, condition, columns, FOUND);
    }

    private List<JsonNode> select(String table, String column, String condition, String columns, String limit) {
        Map<String, String> query = Map.of(column, condition, "select", columns, "limit", limit);
        long begun = System.nanoTime();
        try {
            return tables.select(table, query);
        } catch (AwayException e) {
            if (System.nanoTime() - begun > AT_ONCE.toNanos()) {
                throw away(e);
            }
            // A connection that was kept for later may have been hung up meanwhile, and reading twice harms nothing.
            return selectAgain(table, query);
        }
    }

    private List<JsonNode> selectAgain(String table, Map<String, String> query) {
        try {
            return tables.select(table, query);
        } catch (AwayException e) {
            throw away(e);
        }
    }

    /** Nothing was changed; whoever asked is told and asks again. */
    private static Problem away(AwayException e) {
        return Problem.of(503, "Supabase: " + e.words()).with("retry-after", "10");
    }
}
