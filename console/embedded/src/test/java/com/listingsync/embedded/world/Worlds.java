package com.listingsync.embedded.world;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What tests of worlds share. */
final class Worlds {
    static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");

    private Worlds() {}

    /** A plan whose clock stands at noon of a fixed day. */
    static WorldPlan plan(int listings) {
        return WorldPlan.of(42, listings).withClock(new SettableClock(NOON));
    }

    /** Everything that both feeds and the sheet show. */
    static List<Object> everything(SampleWorld world) {
        List<Object> all = new ArrayList<>();
        for (Resource resource : Resource.values()) {
            for (Feed feed : Feed.values()) {
                all.addAll(world.records(resource, feed));
            }
        }
        all.add(world.sheet());
        return all;
    }

    static List<String> texts(SampleWorld world, Resource resource, Feed feed, String field) {
        return world.records(resource, feed).stream()
                .map(record -> record.get(field).asText())
                .toList();
    }

    /** A listing that is on the market and in both feeds. */
    static String someListing(SampleWorld world) {
        return world.records(Resource.PROPERTY, Feed.IDX).stream()
                .filter(record -> record.get("StandardStatus").asText().equals("Active"))
                .filter(record -> record.get("PreviousListPrice").isNull())
                .map(record -> record.get("ListingKey").asText())
                .findFirst()
                .orElseThrow();
    }

    static JsonNode listing(SampleWorld world, Feed feed, String key) {
        return world.record(Resource.PROPERTY, feed, key).orElseThrow();
    }
}
