package com.listingsync.processor.topology;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.event.Entity;
import com.listingsync.common.event.View;
import com.listingsync.common.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the tables should hold, thought out anew in the plainest way: the last accepted word on every record is remembered, and
 * the tables are worked out from all of them together.
 */
public final class SimpleModel {

    /**
     * The last accepted word on one record in one view.
     *
     * @param seen the newest version that was seen, of a usable record or not
     * @param version the version of the last usable record
     * @param json the last usable record; null when it is gone
     * @param deleted whether the newest that was seen was a delete
     */
    private record Word(long seen, long version, @Nullable String json, boolean deleted) {
        boolean there() {
            return json != null;
        }
    }

    /** A payload that is no JSON. */
    public static final String GARBAGE = "{";

    /** How the key of a photo ends that both connections have. */
    public static final String SHARED = "shared";

    /** Tables of children whose rows' content is not looked at, by entity. */
    private static final Map<String, String> CHILD_TABLES =
            Map.of("rooms", "property_rooms", "openhouse", "open_houses");

    private final Map<String, Word> words = new HashMap<>();
    private final Set<String> everListed = new HashSet<>();
    private final Map<String, String> statuses = new HashMap<>();
    private final List<String> changes = new ArrayList<>();
    private final List<String> parked = new ArrayList<>();

    public void take(TestSource record) {
        String name = name(record);
        Word last = words.get(name);
        if (!accepted(record, last)) {
            return;
        }
        if (GARBAGE.equals(record.json()) || record.json() == null && last != null && !last.there()) {
            // Nothing of it is used, or nothing usable was there to delete; older ones are stale all the same.
            long version = last == null ? 0 : last.version();
            String json = last == null ? null : last.json();
            words.put(name, new Word(record.version(), version, json, record.json() == null));
            return;
        }
        park(name, record, last);
        words.put(name, new Word(record.version(), record.version(), record.json(), record.json() == null));
        if (record.entity() == Entity.PROPERTY) {
            if (winner(record.key().listing()).isPresent()) {
                parked.removeIf(
                        waiting -> waiting.split("\\|")[1].equals(record.key().listing()));
            }
            everListed.add(record.key().listing());
            noteStatus(
                    record.key().listing(),
                    winner(record.key().listing())
                            .map(json -> text(json, "StandardStatus"))
                            .orElse("deleted"));
        } else if (record.entity() == Entity.SHEET
                && !everListed.contains(record.key().listing())) {
            noteStatus(record.key().listing(), record.json() == null ? "deleted" : text(record.json(), "Status"));
        }
    }

    /** Row key to what matters of the row. */
    public Map<String, String> tables() {
        Map<String, String> tables = new TreeMap<>();
        words.forEach((name, word) -> {
            String[] parts = name.split("\\|");
            String listing = parts[1];
            if (parts[0].equals("property")) {
                winner(listing)
                        .ifPresentOrElse(
                                json -> tables.put(listing + "/properties/" + listing, property(listing, json)),
                                () -> {});
            } else if (word.json() != null && parts[0].equals("media")) {
                if (winner(listing).isPresent()) {
                    // What a photo shows that two connections gave is for ViewsTest; here it is there or not.
                    String shown = parts.length > 3 ? "there" : text(word.json(), "Order");
                    tables.put(listing + "/media/" + parts[2], shown);
                }
            } else if (word.json() != null && CHILD_TABLES.containsKey(parts[0])) {
                if (winner(listing).isPresent()) {
                    tables.put(listing + "/" + CHILD_TABLES.get(parts[0]) + "/" + parts[2], "there");
                }
            } else if (word.json() != null && parts[0].equals("sheet")) {
                tables.put(listing + "/property_listings/" + parts[2], sheet(listing, word.json()));
            }
        });
        return tables;
    }

    /** How many children wait for their listings; says nothing of shared ones. */
    public long parked() {
        return parked.size();
    }

    private void park(String name, TestSource record, @Nullable Word last) {
        if (!record.entity().child()) {
            return;
        }
        if (record.json() == null) {
            parked.removeIf(name::equals);
        } else if (winner(record.key().listing()).isEmpty()
                && (last == null || !record.json().equals(last.json()))) {
            parked.add(name);
        }
    }

    /** Every change of a listing's status, in order. */
    public List<String> changes() {
        return changes;
    }

    /** What the model knows of real rows, by row key. */
    public static Map<String, String> visible(Map<String, JsonNode> tables) {
        Map<String, String> visible = new TreeMap<>();
        tables.forEach((key, row) -> {
            if (key.contains("/properties/")) {
                visible.put(
                        key,
                        row.path("city").asText() + " idx=" + row.path("in_idx").asBoolean() + " vow="
                                + row.path("in_vow").asBoolean() + " "
                                + row.path("status").asText());
            } else if (key.contains("/media/")) {
                visible.put(
                        key, key.endsWith(SHARED) ? "there" : row.path("order").asText());
            } else if (CHILD_TABLES.values().stream().anyMatch(table -> key.contains("/" + table + "/"))) {
                visible.put(key, "there");
            } else if (key.contains("/property_listings/")) {
                visible.put(
                        key,
                        row.path("status").asText() + " by "
                                + row.path("status_source").asText());
            }
        });
        return visible;
    }

    private static boolean accepted(TestSource record, @Nullable Word last) {
        if (last == null) {
            return record.json() != null;
        }
        if (record.version() < last.seen()) {
            return false;
        }
        return !(record.json() == null && last.deleted());
    }

    private void noteStatus(String listing, String status) {
        String now = status.toLowerCase(Locale.ROOT);
        String before = statuses.put(listing, now);
        if (before != null && !before.equals(now)) {
            changes.add(listing + " " + before + " " + now);
        }
    }

    /** The newest record of the views that have the listing; VOW of equally new ones. */
    private Optional<String> winner(String listing) {
        Word idx = words.get("property|" + listing + "|" + View.IDX);
        Word vow = words.get("property|" + listing + "|" + View.VOW);
        boolean inIdx = idx != null && idx.there();
        boolean inVow = vow != null && vow.there();
        if (inVow && (!inIdx || vow.version() >= idx.version())) {
            return Optional.ofNullable(vow.json());
        }
        return inIdx ? Optional.ofNullable(idx.json()) : Optional.empty();
    }

    private String property(String listing, String json) {
        return text(json, "City") + " idx=" + there(listing, View.IDX) + " vow=" + there(listing, View.VOW) + " "
                + statuses.get(listing);
    }

    private boolean there(String listing, View view) {
        Word word = words.get("property|" + listing + "|" + view);
        return word != null && word.there();
    }

    private String sheet(String listing, String json) {
        String own = text(json, "Status").toLowerCase(Locale.ROOT);
        return everListed.contains(listing) ? statuses.get(listing) + " by mls" : own + " by sheet";
    }

    private static String name(TestSource record) {
        String child = record.key().child().orElse("");
        return record.entity() == Entity.PROPERTY
                ? "property|" + record.key().listing() + "|" + record.view()
                : record.entity().wireName() + "|" + record.key().listing() + "|" + child
                        + (child.endsWith(SHARED) ? "|" + record.view() : "");
    }

    private static String text(String json, String field) {
        try {
            JsonNode node = Json.MAPPER.readTree(json);
            return node.path(field).asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
