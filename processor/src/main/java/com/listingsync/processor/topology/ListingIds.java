package com.listingsync.processor.topology;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.listingsync.common.event.Entity;
import com.listingsync.common.event.Link;
import com.listingsync.common.event.Operation;
import com.listingsync.common.wire.Json;
import com.listingsync.common.wire.ListingIdKey;
import com.listingsync.processor.map.UnreadableRecordException;
import com.listingsync.processor.rule.ListingState;
import com.listingsync.processor.rule.NamedListing;
import com.listingsync.processor.rule.Namesakes;
import com.listingsync.processor.rule.Standing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Which listings go by which ListingId. A listing is in its key's partition and a sheet row that names it by ListingId in that
 * id's, so each listing announces its id and status there, through a topic of ours: when they are new, and when they change. A
 * listing whose id is its key, as at some boards, is in the right partition anyway and announces nothing. Confined to the task's
 * thread.
 */
final class ListingIds {

    private static final ByteArraySerializer BYTES = new ByteArraySerializer();

    private final ProcessorContext<byte[], byte[]> context;
    private final Task task;
    private final KeyValueStore<byte[], byte[]> names;

    ListingIds(ProcessorContext<byte[], byte[]> context, Task task) {
        this.context = context;
        this.task = task;
        this.names = context.getStateStore(Names.LISTING_ID_STORE);
    }

    /**
     * What a listing tells the partition of its ListingId; the record's key is {@code ListingId/ListingKey}, its absence means
     * that the listing has the id no more.
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Announcement(
            @Nullable String status,
            boolean here,
            String connection,
            @Nullable String changedAt) {}

    /** Tells of a listing's id and status what is new of them. */
    void announce(SourceRecord record, ListingState before, ListingState now) {
        String was = announced(record.listing(), before);
        String is = announced(record.listing(), now);
        if (was != null && !was.equals(is)) {
            send(was, record, null);
        }
        if (is != null
                && (!is.equals(was) || !Objects.equals(before.status(), now.status()) || here(before) != here(now))) {
            String changedAt = was == null ? null : changedAt(record);
            send(
                    is,
                    record,
                    new Announcement(now.status(), here(now), record.origin().connection(), changedAt));
        }
    }

    /**
     * Takes an announcement in.
     *
     * @param key {@code ListingId/ListingKey}
     * @throws IllegalArgumentException when key or value is none; the record is a dead letter
     */
    void take(byte @Nullable [] key, byte @Nullable [] value) {
        if (key == null) {
            throw new IllegalArgumentException("the key of a ListingId is 'ListingId/ListingKey'; found none");
        }
        ListingIdKey.of(key);
        if (value == null) {
            names.delete(key);
        } else {
            read(value);
            names.put(key, value);
        }
    }

    /** The listings that a sheet row means which is linked by {@code link}; {@code state} is of the name it is keyed by. */
    Namesakes meant(byte[] name, ListingState state, Link link) {
        List<NamedListing> found = new ArrayList<>();
        String text = StateKeys.name(name);
        if (state.knownToMls()
                && (link == Link.LISTING_KEY
                        || state.listingId() == null
                        || state.listingId().equals(text))) {
            found.add(NamedListing.of(text, state, "", Optional.empty()));
        }
        if (link == Link.LISTING_ID) {
            try (KeyValueIterator<byte[], byte[]> all = names.prefixScan(StateKeys.prefix(name), BYTES)) {
                all.forEachRemaining(entry -> found.add(named(entry)));
            }
        }
        return found.isEmpty() ? Namesakes.NONE : new Namesakes(found);
    }

    private static NamedListing named(KeyValue<byte[], byte[]> entry) {
        Announcement said = read(entry.value);
        String listing = ListingIdKey.of(entry.key).listing();
        return new NamedListing(
                listing, said.status(), said.here(), said.connection(), Optional.ofNullable(said.changedAt()));
    }

    /** The id under which a listing in this state is announced; null when it is not. */
    private static @Nullable String announced(byte[] listing, ListingState state) {
        String id = state.listingId();
        return id == null || !state.knownToMls() || id.equals(StateKeys.name(listing)) ? null : id;
    }

    private static boolean here(ListingState state) {
        return state.standing() != Standing.DELETED;
    }

    private @Nullable String changedAt(SourceRecord record) {
        if (record.event().operation() == Operation.DELETE) {
            return null;
        }
        try {
            return task.mapper(Entity.PROPERTY)
                    .changedAt(task.mapper(Entity.PROPERTY).read(record.payload()))
                    .orElse(null);
        } catch (UnreadableRecordException e) {
            // A record that can't be read changes no status; there is nothing to say of when.
            return null;
        }
    }

    private void send(String id, SourceRecord record, @Nullable Announcement said) {
        byte[] key = new ListingIdKey(id, StateKeys.name(record.listing())).bytes();
        context.forward(
                new Record<byte[], byte[]>(key, said == null ? null : bytes(said), record.timestamp()),
                Names.LISTING_ID_SINK);
    }

    private static byte[] bytes(Announcement said) {
        try {
            return Json.MAPPER.writeValueAsBytes(said);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an announcement of plain values can't be written as JSON", e);
        }
    }

    private static Announcement read(byte[] value) {
        try {
            return Json.MAPPER.readValue(value, Announcement.class);
        } catch (IOException e) {
            throw new IllegalArgumentException("not an announcement of a ListingId: expected a JSON object", e);
        }
    }
}
