package com.listingsync.processor.topology;

import com.listingsync.common.event.Entity;
import com.listingsync.common.event.Link;
import com.listingsync.common.event.Operation;
import com.listingsync.common.event.Origin;
import com.listingsync.common.event.SourceEvent;
import com.listingsync.common.event.View;
import com.listingsync.common.wire.ContentHash;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.common.wire.SourceKey;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** A source record as the producer writes it; each {@code with…} gives another one. */
public record TestSource(
        Entity entity,
        SourceKey key,
        View view,
        String connection,
        Optional<String> run,
        long version,
        @Nullable String json,
        Link link) {

    public TestSource(
            Entity entity,
            SourceKey key,
            View view,
            String connection,
            Optional<String> run,
            long version,
            @Nullable String json) {
        this(entity, key, view, connection, run, version, json, Link.LISTING_KEY);
    }

    public static final String RUN = "20261122-080000-abcd";

    public static TestSource property(String listing, long version, String fields) {
        String json = "{\"ListingKey\":\"" + listing + "\"" + (fields.isEmpty() ? "" : "," + fields) + "}";
        return new TestSource(
                Entity.PROPERTY, SourceKey.ofListing(listing, "mls"), View.IDX, "mls", Optional.of(RUN), version, json);
    }

    public static TestSource media(String listing, String key, long version, String fields) {
        String json = "{\"MediaKey\":\"" + key + "\",\"ResourceName\":\"Property\",\"ResourceRecordKey\":\"" + listing
                + "\"" + (fields.isEmpty() ? "" : "," + fields) + "}";
        return child(Entity.MEDIA, listing, key, version, json);
    }

    public static TestSource room(String listing, String key, long version, String fields) {
        String json = "{\"RoomKey\":\"" + key + "\"" + (fields.isEmpty() ? "" : "," + fields) + "}";
        return child(Entity.ROOMS, listing, key, version, json);
    }

    public static TestSource openHouse(String listing, String key, long version, String fields) {
        String json = "{\"OpenHouseKey\":\"" + key + "\"" + (fields.isEmpty() ? "" : "," + fields) + "}";
        return child(Entity.OPENHOUSE, listing, key, version, json);
    }

    /** A row linked to a listing; unlinked when that is its own number. */
    public static TestSource sheet(String listing, String number, long version, String fields) {
        String json = "{\"property_number\":\"" + number + "\"" + (fields.isEmpty() ? "" : "," + fields) + "}";
        return new TestSource(
                Entity.SHEET,
                SourceKey.ofChild(listing, number, "sheets"),
                View.NONE,
                "sheets",
                Optional.of(RUN),
                version,
                json);
    }

    /** A row linked to whichever listing has this ListingId. */
    public static TestSource sheetById(String listingId, String number, long version, String fields) {
        TestSource row = sheet(listingId, number, version, fields);
        return new TestSource(
                row.entity, row.key, row.view, row.connection, row.run, version, row.json, Link.LISTING_ID);
    }

    private static TestSource child(Entity entity, String listing, String key, long version, String json) {
        return new TestSource(
                entity, SourceKey.ofChild(listing, key, "mls"), View.IDX, "mls", Optional.of(RUN), version, json);
    }

    public TestSource in(View other) {
        return from("mls-" + other.wireName(), other);
    }

    /** The same as another connection gives it. */
    public TestSource from(String other, View under) {
        SourceKey there = new SourceKey(key.listing(), key.child(), other);
        return new TestSource(entity, there, under, other, run, version, json, link);
    }

    public TestSource withoutRun() {
        return new TestSource(entity, key, view, connection, Optional.empty(), version, json, link);
    }

    public TestSource ofRun(String other) {
        return new TestSource(entity, key, view, connection, Optional.of(other), version, json, link);
    }

    public TestSource withJson(String other) {
        return new TestSource(entity, key, view, connection, run, version, other, link);
    }

    /** Its delete, found by its absence: the same version, no payload. */
    public TestSource deleted() {
        return new TestSource(entity, key, view, connection, run, version, null, link);
    }

    public byte @Nullable [] value() {
        return json == null ? null : json.getBytes(StandardCharsets.UTF_8);
    }

    public Headers headers() {
        byte[] value = value();
        Headers headers = new org.apache.kafka.common.header.internals.RecordHeaders();
        RecordHeaders.write(
                new SourceEvent(
                        entity,
                        value == null ? Operation.DELETE : Operation.UPSERT,
                        new Origin(connection, entity.wireName(), view, run),
                        version,
                        value == null ? "" : ContentHash.of(value),
                        link),
                headers);
        return headers;
    }
}
