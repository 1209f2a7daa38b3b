package com.listingsync.producer.mls;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.event.Entity;
import com.listingsync.common.event.Operation;
import com.listingsync.common.event.Origin;
import com.listingsync.common.event.View;
import com.listingsync.common.wire.ContentHash;
import com.listingsync.common.wire.SourceKey;
import com.listingsync.producer.connection.Paging;
import com.listingsync.producer.publish.Refusal;
import com.listingsync.producer.publish.SourceRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FeedRuleTest {

    private static final String CLOCK = "2026-11-22T08:00:00.123456Z";

    @Test
    void emitsARecordWithItsClockInMicrosecondsAndTheFingerprintOfItsBytes() throws Exception {
        String json = "{\"ListingKey\":\"W1\",\"ModificationTimestamp\":\"" + CLOCK + "\"}";

        SourceRecord record = emitted(Entity.PROPERTY, json);

        assertThat(record.key()).hasToString("W1/c");
        assertThat(record.value()).asString().isEqualTo(json);
        assertThat(record.event().sourceVersion()).isEqualTo(1_795_334_400_123_456L);
        assertThat(record.event().contentHash()).isEqualTo(ContentHash.of(json.getBytes(StandardCharsets.UTF_8)));
        assertThat(record.event().operation()).isEqualTo(Operation.UPSERT);
        assertThat(record.event().origin().run()).contains("r1");
    }

    @Test
    void placesAChildAtItsListing() throws Exception {
        SourceRecord record = emitted(
                Entity.MEDIA,
                "{\"MediaKey\":\"m/1\",\"ResourceRecordKey\":\"W1\",\"MediaModificationTimestamp\":\"" + CLOCK + "\"}");

        assertThat(record.key()).hasToString("W1/m%2F1/c");
    }

    @Test
    void turnsEverySoftDeleteIntoADelete() throws Exception {
        List<SourceRecord> records = List.of(
                emitted(Entity.PROPERTY, property("\"StandardStatus\":\"Delete\"")),
                emitted(Entity.PROPERTY, property("\"MlgCanView\":false")),
                emitted(
                        Entity.ROOMS,
                        "{\"RoomKey\":\"1\",\"ListingKey\":\"W1\",\"RoomStatus\":\"Deleted\","
                                + "\"ModificationTimestamp\":\"" + CLOCK + "\"}"));

        assertThat(records).allSatisfy(record -> {
            assertThat(record.event().operation()).isEqualTo(Operation.DELETE);
            assertThat(record.event().sourceVersion()).isEqualTo(1_795_334_400_123_456L);
            assertThat(record.event().contentHash()).isEmpty();
            assertThat(record.value()).isNull();
        });
        assertThat(emitted(Entity.PROPERTY, property("\"MlgCanView\":true"))
                        .event()
                        .operation())
                .isEqualTo(Operation.UPSERT);
    }

    @Test
    void refusesWhatCanNotBePlaced() throws Exception {
        assertThat(refused(Entity.PROPERTY, "{\"ModificationTimestamp\":\"" + CLOCK + "\"}")
                        .code())
                .isEqualTo(Refusal.NO_KEY);
        assertThat(refused(Entity.PROPERTY, "{\"ListingKey\":\"W1\"}").code()).isEqualTo(Refusal.NO_TIMESTAMP);
        assertThat(refused(Entity.PROPERTY, "{\"ListingKey\":\"W1\",\"ModificationTimestamp\":\"TBD\"}")
                        .code())
                .isEqualTo(Refusal.NO_TIMESTAMP);
        assertThat(refused(Entity.ROOMS, "{\"RoomKey\":\"1\",\"ModificationTimestamp\":\"" + CLOCK + "\"}")
                        .code())
                .isEqualTo(Refusal.NO_PARENT);
        assertThat(refused(Entity.PROPERTY, "[1]").code()).isEqualTo(Refusal.NOT_AN_OBJECT);
    }

    @Test
    void keepsTheBytesOfWhatItRefusesUnlessTheyAreTooMany() throws Exception {
        Refusal small = refused(Entity.PROPERTY, "{\"ListingKey\":\"W1\"}");
        Refusal large =
                refused(Entity.PROPERTY, property("\"R\":\"" + "x".repeat(SourceRecord.MOST_VALUE_BYTES) + "\""));

        assertThat(small.value()).asString().isEqualTo("{\"ListingKey\":\"W1\"}");
        assertThat(small.key()).hasToString("W1/c");
        assertThat(large.code()).isEqualTo(Refusal.TOO_LARGE);
        assertThat(large.value()).isNull();
    }

    @Test
    void refusesAKeyLongerThanAnyOfOurs() throws Exception {
        String longest = "k".repeat(SourceKey.MOST_BYTES);
        String media =
                "{\"MediaKey\":\"1\",\"ResourceRecordKey\":\"%s\",\"MediaModificationTimestamp\":\"" + CLOCK + "\"}";

        Refusal listing = refused(Entity.PROPERTY, keyed(longest + "k"));
        Refusal child = refused(Entity.MEDIA, media.formatted(longest + "k"));

        assertThat(emitted(Entity.PROPERTY, keyed(longest)).key()).hasToString(longest + "/c");
        assertThat(emitted(Entity.MEDIA, media.formatted("\u00e9".repeat(SourceKey.MOST_BYTES / 2)))
                        .key()
                        .listing())
                .hasSize(SourceKey.MOST_BYTES / 2);
        assertThat(List.of(listing, child)).allSatisfy(refusal -> {
            assertThat(refusal.code()).isEqualTo(Refusal.KEY_TOO_LONG);
            assertThat(refusal.message()).isEqualTo("the record's key, or its listing's, is longer than 1024 bytes");
            assertThat(refusal.value()).isNotNull();
        });
    }

    @Test
    void leavesTheMediaOfMembersOut() throws Exception {
        String json = "{\"MediaKey\":\"1\",\"ResourceName\":\"Member\"}";

        assertThat(judge(Entity.MEDIA, json).<String>fold(emitted -> "", refused -> "", reason -> reason))
                .isEqualTo(FeedRule.NOT_A_LISTING);
    }

    private static String property(String field) {
        return "{\"ListingKey\":\"W1\"," + field + ",\"ModificationTimestamp\":\"" + CLOCK + "\"}";
    }

    private static String keyed(String key) {
        return "{\"ListingKey\":\"" + key + "\",\"ModificationTimestamp\":\"" + CLOCK + "\"}";
    }

    private static SourceRecord emitted(Entity entity, String json) throws IOException, InterruptedException {
        return judge(entity, json)
                .fold(Optional::of, refusal -> Optional.<SourceRecord>empty(), reason -> Optional.<SourceRecord>empty())
                .orElseThrow();
    }

    private static Refusal refused(Entity entity, String json) throws IOException, InterruptedException {
        return judge(entity, json)
                .fold(record -> Optional.<Refusal>empty(), Optional::of, reason -> Optional.<Refusal>empty())
                .orElseThrow();
    }

    private static FeedRule.Verdict judge(Entity entity, String json) throws IOException, InterruptedException {
        List<MlsRecord> records = new ArrayList<>();
        String page = "{\"value\":[" + json + "]}";
        new PageParser("h", new RecordShape(Feeds.of(entity, Paging.COMPOUND_CURSOR)), records::add)
                .read(new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)));
        Origin origin = new Origin("c", entity.wireName(), View.IDX, Optional.of("r1"));
        return new FeedRule(entity, origin).judge(records.get(0));
    }
}
