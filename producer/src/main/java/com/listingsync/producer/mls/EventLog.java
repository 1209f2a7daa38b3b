package com.listingsync.producer.mls;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.wire.ContentHash;
import com.listingsync.common.wire.Json;
import com.listingsync.common.wire.SourceKey;
import com.listingsync.producer.upstream.TooMuch;
import com.listingsync.producer.upstream.UpstreamException;
import com.listingsync.producer.upstream.UpstreamException.Kind;
import com.listingsync.producer.upstream.UpstreamHttp;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * A server's EntityEvent log (RESO RCP-27), as far as it is about one feed: numbers that only grow, each with the key of a record
 * that was added, changed or removed; which of the three is not said. Numbers may be left out, for other resources and for events
 * that a later one of the same record outdates. Immutable.
 */
final class EventLog {

    /** Events of a page: their records are held in memory until they are written together. */
    static final int AT_ONCE = 500;

    private static final String SEQUENCE = "EntityEventSequence";

    private final UpstreamHttp http;
    private final HttpUrl root;
    private final String events;
    private final String resource;

    /**
     * @param root service root of the MLS
     * @param events name of the resource that is the log
     * @param resource name of the feed's resource
     */
    EventLog(UpstreamHttp http, HttpUrl root, String events, String resource) {
        this.http = http;
        this.root = root;
        this.events = events;
        this.resource = resource;
    }

    /** The events from this one on, the oldest first; some of them, or none when there are none. */
    List<EventPlace> from(long sequence) throws InterruptedException {
        return page(" and " + SEQUENCE + " ge " + sequence, SEQUENCE, AT_ONCE);
    }

    Optional<EventPlace> oldest() throws InterruptedException {
        return page("", SEQUENCE, 1).stream().findFirst();
    }

    Optional<EventPlace> newest() throws InterruptedException {
        return page("", SEQUENCE + " desc", 1).stream().findFirst();
    }

    private List<EventPlace> page(String condition, String order, int limit) throws InterruptedException {
        HttpUrl url = root.newBuilder()
                .addPathSegment(events)
                .addEncodedQueryParameter(
                        "$filter", FeedQuery.encoded("ResourceName eq " + FeedQuery.quoted(resource) + condition))
                .addEncodedQueryParameter("$orderby", order)
                .addEncodedQueryParameter("$top", Integer.toString(limit))
                .build();
        return http.get(url, TooMuch.REPEATS, body -> read(body.byteStream()));
    }

    private List<EventPlace> read(InputStream body) throws java.io.IOException {
        JsonNode value = Json.MAPPER.readTree(body).path("value");
        if (!value.isArray()) {
            throw new UpstreamException(Kind.PASSING, root.host() + " answered with JSON without a 'value' list", null);
        }
        List<EventPlace> places = new ArrayList<>();
        for (JsonNode event : value) {
            long sequence = event.path(SEQUENCE).asLong();
            String key = event.path("ResourceRecordKey").asText();
            if (sequence <= 0 || key.isEmpty()) {
                throw new UpstreamException(
                        Kind.FINAL, root.host() + " gave an event without " + SEQUENCE + " or ResourceRecordKey", null);
            }
            if (event.path("ResourceName").asText().equals(resource)) {
                places.add(new EventPlace(sequence, bounded(key)));
            }
        }
        return places;
    }

    /** A record whose key is longer than any of ours was refused, so nothing is known of it; its fingerprint asks for nothing. */
    private static String bounded(String key) {
        return SourceKey.fits(key) ? key : ContentHash.of(key.getBytes(StandardCharsets.UTF_8));
    }
}
