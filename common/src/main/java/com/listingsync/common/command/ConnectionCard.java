package com.listingsync.common.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.listingsync.common.event.Entity;
import com.listingsync.common.event.View;
import com.listingsync.common.wire.Json;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/**
 * What anybody may know of a connection: what there is to ask for. The producer that owns the connection puts it on {@code
 * sync.connections}, under the connection's name; it holds no address and no secret.
 *
 * @param name name of the connection, the key of its commands
 * @param owner whose listings these are; empty when the connections file does not say
 * @param kind {@code mls} or {@code google-sheets}
 * @param view wire name of the {@link View} it reads under
 * @param feeds its feeds, in the order of a first run
 */
public record ConnectionCard(String name, String owner, String kind, String view, List<FeedCard> feeds) {

    /**
     * A feed of a connection.
     *
     * @param name its name within the connection
     * @param entity wire name of the {@link Entity} that its records are
     */
    public record FeedCard(String name, String entity) {
        public FeedCard {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(entity, "entity");
        }
    }

    public ConnectionCard {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(view, "view");
        feeds = List.copyOf(feeds);
    }

    /** UTF-8 JSON object with the components as fields. */
    public byte[] bytes() {
        try {
            return Json.MAPPER.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a connection card of plain strings can't be written as JSON", e);
        }
    }

    /**
     * The card in these bytes.
     *
     * @throws IllegalArgumentException when they are not one
     */
    public static ConnectionCard of(byte[] bytes) {
        try {
            return Json.MAPPER.readValue(bytes, ConnectionCard.class);
        } catch (IOException e) {
            throw new IllegalArgumentException("not a connection card: expected an object with name and feeds", e);
        }
    }
}
