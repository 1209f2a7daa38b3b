package com.listingsync.producer.mls;

import com.listingsync.common.event.Entity;
import com.listingsync.common.event.Operation;
import com.listingsync.common.event.Origin;
import com.listingsync.common.event.SourceEvent;
import com.listingsync.common.wire.ContentHash;
import com.listingsync.common.wire.SourceKey;
import com.listingsync.producer.publish.Refusal;
import com.listingsync.producer.publish.SourceRecord;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a record of a feed. Pure.
 *
 * @param entity what the feed's records are
 * @param origin the feed and the run
 */
record FeedRule(Entity entity, Origin origin) {

    /** Counted when media of a member or office came along. */
    static final String NOT_A_LISTING = "not-a-listing";

    private static final String KEY_TOO_LONG =
            "the record's key, or its listing's, is longer than " + SourceKey.MOST_BYTES + " bytes";

    /** One of three. */
    sealed interface Verdict {
        <T> T fold(Function<SourceRecord, T> emitted, Function<Refusal, T> refused, Function<String, T> skipped);
    }

    /** It goes onto its topic. */
    record Emitted(SourceRecord record) implements Verdict {
        @Override
        public <T> T fold(
                Function<SourceRecord, T> emitted, Function<Refusal, T> refused, Function<String, T> skipped) {
            return emitted.apply(record);
        }
    }

    /** It becomes a dead letter. */
    record Refused(Refusal refusal) implements Verdict {
        @Override
        public <T> T fold(
                Function<SourceRecord, T> emitted, Function<Refusal, T> refused, Function<String, T> skipped) {
            return refused.apply(refusal);
        }
    }

    /** It doesn't concern us, for this reason. */
    record Skipped(String reason) implements Verdict {
        @Override
        public <T> T fold(
                Function<SourceRecord, T> emitted, Function<Refusal, T> refused, Function<String, T> skipped) {
            return skipped.apply(reason);
        }
    }

    Verdict judge(MlsRecord record) {
        if (!record.object()) {
            return refused(record, Refusal.NOT_AN_OBJECT, "an entry of the page is not a JSON object");
        }
        if (record.foreign()) {
            return new Skipped(NOT_A_LISTING);
        }
        String key = record.key();
        String listing = record.listing();
        if (key == null) {
            return refused(record, Refusal.NO_KEY, "the record has no key");
        }
        if (listing == null) {
            return refused(record, Refusal.NO_PARENT, "the record does not name the listing it belongs to");
        }
        if (record.hasLongKey()) {
            return refused(record, Refusal.KEY_TOO_LONG, KEY_TOO_LONG);
        }
        if (record.at() == null) {
            return refused(
                    record,
                    Refusal.NO_TIMESTAMP,
                    record.clock() == null ? "the record has no timestamp" : "the record's timestamp is none");
        }
        if (record.json().length > SourceRecord.MOST_VALUE_BYTES) {
            return refused(
                    record,
                    Refusal.TOO_LARGE,
                    "the record is larger than " + SourceRecord.MOST_VALUE_BYTES + " bytes; its value is not kept");
        }
        String connection = origin.connection();
        SourceKey place =
                entity.child() ? SourceKey.ofChild(listing, key, connection) : SourceKey.ofListing(key, connection);
        long version = SourceTime.micros(record.at());
        return new Emitted(
                record.deleted()
                        ? new SourceRecord(place, event(Operation.DELETE, version, ""), null)
                        : new SourceRecord(
                                place, event(Operation.UPSERT, version, ContentHash.of(record.json())), record.json()));
    }

    private Verdict refused(MlsRecord record, String code, String message) {
        byte @Nullable [] value = code.equals(Refusal.TOO_LARGE) ? null : record.json();
        return new Refused(new Refusal(place(record), event(Operation.UPSERT, 0, ""), value, code, message));
    }

    private SourceKey place(MlsRecord record) {
        String connection = origin.connection();
        Optional<String> listing = Optional.ofNullable(record.listing());
        Optional<String> key = Optional.ofNullable(record.key());
        return listing.or(() -> key)
                .map(first -> entity.child() && key.isPresent()
                        ? SourceKey.ofChild(first, key.get(), connection)
                        : SourceKey.ofListing(first, connection))
                .orElseGet(() -> SourceKey.ofChild(connection, origin.feed(), connection));
    }

    private SourceEvent event(Operation operation, long version, String hash) {
        return new SourceEvent(entity, operation, origin, version, hash);
    }
}
