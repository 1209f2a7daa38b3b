package com.listingsync.embedded.world;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * One change of the world: the same changes applied to the same beginning give the same world.
 *
 * @param second when it happened, in seconds since 1970
 * @param with what it is about, as the verb says
 */
record Change(long second, Verb verb, List<String> with) {
    /** What can happen to the world; each says what it is about. */
    enum Verb {
        /** The number of the tick: a whole set of changes that follow from it. */
        TICK,
        /** Listing, price. */
        PRICE,
        /** Listing. */
        SELL,
        /** Listing. */
        CONDITIONAL,
        /** Listing. */
        TERMINATE,
        /** Listing; it stays in the feeds with status Delete. */
        DELETE,
        /** Listing; without a new timestamp. */
        LEAVE_IDX,
        /** Listing; without a new timestamp. */
        LEAVE_BOTH,
        /** Nothing; the children of the next listing appear, the listing does not. */
        ANNOUNCE,
        /** Listing, announced before. */
        PUBLISH,
        /** Listing. */
        REORDER_PHOTOS,
        /** Media. */
        REPLACE_PHOTO,
        /** Media. */
        DELETE_PHOTO,
        /** Room. */
        DELETE_ROOM,
        /** Listing. */
        OPEN_HOUSE,
        /** Open house. */
        CANCEL_OPEN_HOUSE,
        /** Property number, column, cell. */
        SHEET_EDIT,
        /** Column, new name. */
        SHEET_RENAME_COLUMN,
        /** Cells. */
        SHEET_ADD,
        /** Property number below, cells. */
        SHEET_INSERT,
        /** Property number. */
        SHEET_REMOVE,
        /** Property number, property number below its new place. */
        SHEET_MOVE,
        /** Nothing. */
        SHEET_CLEAR
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    Change {
        with = List.copyOf(with);
    }

    static Change of(long second, Verb verb, String... with) {
        return new Change(second, verb, List.of(with));
    }

    /** One line of JSON without its line end. */
    String line() {
        ObjectNode node = JSON.createObjectNode().put("at", second).put("do", verb.name());
        ArrayNode about = node.putArray("with");
        with.forEach(about::add);
        return node.toString();
    }

    static Change parse(String line) throws JsonProcessingException {
        JsonNode node = JSON.readTree(line);
        List<String> about = new ArrayList<>();
        node.path("with").forEach(each -> about.add(each.asText()));
        return new Change(node.path("at").asLong(), Verb.valueOf(node.path("do").asText()), about);
    }
}
