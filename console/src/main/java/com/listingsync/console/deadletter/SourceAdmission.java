package com.listingsync.console.deadletter;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.deadletter.ReplayMark;
import com.listingsync.common.event.Entity;
import com.listingsync.common.event.Operation;
import com.listingsync.common.event.Origin;
import com.listingsync.common.event.SourceEvent;
import com.listingsync.common.event.View;
import com.listingsync.common.topic.Topics;
import com.listingsync.common.wire.ContentHash;
import com.listingsync.common.wire.KeyText;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.common.wire.SourceKey;
import com.listingsync.console.shell.CommandFailure;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Puts a record that the producer refused onto the source topic it was meant for, once a person has given it what it lacked: a key
 * and a clock, in the fields of the RESO Data Dictionary (for a sheet row {@code property_number}) or by option. Immutable.
 *
 * <p>Without an edit it would only be refused again, or worse: the loser of two rows with one number would win. So that is not done.
 */
final class SourceAdmission {

    private final Topics topics;
    private final Placement placement;

    SourceAdmission(Topics topics, Placement placement) {
        this.topics = topics;
        this.placement = placement;
    }

    /**
     * The record to send.
     *
     * @throws CommandFailure when something is still missing
     */
    ProducerRecord<byte[], byte[]> of(Letter letter, ReplayMark mark, byte[] value, boolean edited) {
        if (!edited && !placement.isGiven()) {
            throw new CommandFailure("letter " + letter.id() + " would be refused again as it is (" + letter.code()
                    + "): correct it with --patch, --edit, --record-key or --source-version, or at its source; './listing-sync dlq explain "
                    + letter.code() + "' says more");
        }
        Entity entity = letter.entity()
                .flatMap(Entity::of)
                .orElseThrow(() -> lacks(letter, "the kind of record in its headers"));
        JsonNode record = LetterView.json(value)
                .filter(JsonNode::isObject)
                .orElseThrow(() -> lacks(letter, "a value that is one JSON object"));
        SourceKey key = key(letter, entity, record);
        SourceEvent event = new SourceEvent(
                entity, Operation.UPSERT, origin(letter, mark), version(letter, entity, record), ContentHash.of(value));
        Headers headers = new org.apache.kafka.common.header.internals.RecordHeaders();
        RecordHeaders.write(event, headers);
        ReEntry.mark(headers, mark, true);
        return new ProducerRecord<>(topics.source(entity).name(), null, key.bytes(), value, headers);
    }

    private static Origin origin(Letter letter, ReplayMark mark) {
        View view = RecordHeaders.text(letter.record().headers(), RecordHeaders.VIEW)
                .flatMap(View::of)
                .orElse(View.NONE);
        return new Origin(
                letter.connection().orElseThrow(() -> lacks(letter, "its connection in its headers")),
                letter.feed().orElseThrow(() -> lacks(letter, "its feed in its headers")),
                view,
                Optional.of(mark.run()));
    }

    private SourceKey key(Letter letter, Entity entity, JsonNode record) {
        String connection = letter.connection().orElseThrow(() -> lacks(letter, "its connection in its headers"));
        List<String> given = placement.recordKey().map(KeyText::split).orElse(List.of());
        String own = given.isEmpty() ? text(record, keyField(entity)) : given.get(given.size() - 1);
        if (own.isEmpty()) {
            throw lacks(letter, "a key in " + keyField(entity) + ", or --record-key");
        }
        if (entity == Entity.PROPERTY) {
            return SourceKey.ofListing(own, connection);
        }
        String listing = given.size() == 2 ? given.get(0) : listing(entity, record);
        if (listing.isEmpty() && entity == Entity.SHEET) {
            listing = own;
        }
        if (listing.isEmpty()) {
            throw lacks(letter, "its listing in " + parentField(entity) + ", or --record-key LISTING/CHILD");
        }
        return SourceKey.ofChild(listing, own, connection);
    }

    private static String listing(Entity entity, JsonNode record) {
        String listing = text(record, parentField(entity));
        return listing.isEmpty() && entity == Entity.MEDIA ? text(record, "ResourceRecordID") : listing;
    }

    private long version(Letter letter, Entity entity, JsonNode record) {
        if (placement.version().isPresent()) {
            return placement.version().get();
        }
        if (entity == Entity.SHEET) {
            // The file's version is not in the row. The lowest there is: whatever the sheet says later is newer.
            return 0;
        }
        String clock = text(record, entity == Entity.MEDIA ? "MediaModificationTimestamp" : "ModificationTimestamp");
        String at = clock.isEmpty() ? text(record, "ModificationTimestamp") : clock;
        try {
            Instant instant = OffsetDateTime.parse(at).toInstant();
            return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
        } catch (DateTimeException e) {
            // Not lost: the letter stays as it is until somebody says when.
            throw lacks(letter, "a timestamp with its zone in ModificationTimestamp, or --source-version");
        }
    }

    private static String keyField(Entity entity) {
        return switch (entity) {
            case PROPERTY -> "ListingKey";
            case MEDIA -> "MediaKey";
            case ROOMS -> "RoomKey";
            case OPENHOUSE -> "OpenHouseKey";
            case SHEET -> "property_number";
        };
    }

    private static String parentField(Entity entity) {
        return switch (entity) {
            case MEDIA -> "ResourceRecordKey";
            case SHEET -> "mls_listing_key";
            case PROPERTY, ROOMS, OPENHOUSE -> "ListingKey";
        };
    }

    private static String text(JsonNode record, String field) {
        JsonNode value = record.path(field);
        return value.isValueNode() && !value.isNull() ? value.asText().strip() : "";
    }

    private static CommandFailure lacks(Letter letter, String what) {
        return new CommandFailure("letter " + letter.id() + " can't be sent: it still needs " + what);
    }
}
