package com.listingsync.sink.post;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.event.Entity;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.mapping.SystemTables;
import com.listingsync.common.mapping.TableLayout;
import com.listingsync.common.mapping.TableMapping;
import com.listingsync.common.wire.Json;
import com.listingsync.sink.change.StatusChange;
import com.listingsync.sink.deliver.TableAccess;
import com.listingsync.sink.deliver.TableAccess.AwayException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The posts of listings and what is known of those listings' status, in Supabase. Thread-safe; calls block their thread. */
final class Posts {

    /** The table of posts; the app that posts writes it, so no mapping changes its name. */
    static final String TABLE = "listing_posts";

    /** The sheet table's column that names the MLS listing a row is linked to, as the standard mapping has it. */
    private static final String LINK = "mls_listing_key";

    private final TableAccess tables;
    private final Optional<TableLayout> sheet;

    Posts(TableAccess tables, Mapping mapping) {
        this.tables = tables;
        this.sheet = mapping.of(Entity.SHEET).stream()
                .map(TableMapping::layout)
                .filter(layout -> layout.columns().contains(LINK))
                .findFirst();
    }

    /** The posts of a change's listing, and of the sheet rows linked to it, that are up as far as their rows say. */
    List<Post> ofListing(String listing) throws AwayException {
        List<Post> posts = new ArrayList<>();
        for (JsonNode row : tables.select(
                TABLE,
                Map.of(
                        "listing_key",
                        "in.(" + String.join(",", quoted(names(listing))) + ")",
                        "status",
                        "in.(published,unpublish_failed)",
                        "select",
                        "id,platform,external_id,owner,published_at",
                        "order",
                        "published_at"))) {
            posts.add(new Post(
                    row.path("id").asText(),
                    row.path("platform").asText(),
                    row.path("external_id").asText(),
                    Optional.of(row.path("owner").asText("")).filter(owner -> !owner.isBlank()),
                    OffsetDateTime.parse(row.path("published_at").asText()).toInstant()));
        }
        return posts;
    }

    /**
     * Whether the listing has changed again since, to a status on which its posts may stay. The change's own history row may
     * not be there yet; a later one can't be either, then.
     */
    boolean isOverruled(StatusChange change) throws AwayException {
        List<JsonNode> latest = tables.select(
                SystemTables.LISTING_STATUS_HISTORY.name(),
                Map.of(
                        "listing_key", "eq." + change.listing(),
                        "select", "action,seen_at",
                        "order", "row_version.desc",
                        "limit", "1"));
        return latest.stream()
                .anyMatch(row -> !row.path("action").asText().equals(StatusChange.UNPUBLISH)
                        && OffsetDateTime.parse(row.path("seen_at").asText())
                                .toInstant()
                                .isAfter(change.seenAt()));
    }

    /** Notes that a post is not up any more. */
    void takenDown(Post post, Instant at) throws AwayException {
        ObjectNode columns = Json.MAPPER.createObjectNode();
        columns.put("status", "unpublished")
                .put("unpublished_at", at.toString())
                .putNull("failure_reason");
        tables.update(TABLE, Map.of("id", "eq." + post.id()), columns);
    }

    /** Notes that a post could not be taken down; a post that was taken down meanwhile stays so. */
    void failed(Post post, String reason) throws AwayException {
        ObjectNode columns = Json.MAPPER.createObjectNode();
        columns.put("status", "unpublish_failed").put("failure_reason", reason);
        tables.update(TABLE, Map.of("id", "eq." + post.id(), "status", "neq.unpublished"), columns);
    }

    /** Every name a listing's posts may have been stored under: its key, and the property numbers of its sheet rows. */
    private List<String> names(String listing) throws AwayException {
        List<String> names = new ArrayList<>(List.of(listing));
        if (sheet.isPresent()) {
            String key = sheet.get().keyColumns().get(0);
            tables.select(sheet.get().name(), Map.of(LINK, "eq." + listing, "select", key))
                    .forEach(row -> names.add(row.path(key).asText()));
        }
        return names;
    }

    private static List<String> quoted(List<String> values) {
        return values.stream()
                .map(value -> '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .toList();
    }
}
