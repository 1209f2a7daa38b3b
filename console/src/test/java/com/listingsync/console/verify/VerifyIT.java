package com.listingsync.console.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.event.Entity;
import com.listingsync.common.event.Operation;
import com.listingsync.common.event.Origin;
import com.listingsync.common.event.SourceEvent;
import com.listingsync.common.event.View;
import com.listingsync.common.health.Health;
import com.listingsync.common.health.Service;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.meter.Meters;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.common.wire.ContentHash;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.common.wire.SourceKey;
import com.listingsync.console.replay.Project;
import com.listingsync.console.replay.RowLog;
import com.listingsync.console.verify.Difference.Kind;
import com.listingsync.embedded.kafka.EmbeddedKafka;
import com.listingsync.processor.ProcessorApp;
import com.listingsync.sink.SinkApp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Source records through a processor and a sink into a project, which is then damaged, found out, and mended. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerifyIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Origin IDX = new Origin("mls", "property", View.IDX, Optional.empty());
    private static final Origin SHEET = new Origin("sheets", "tab", View.NONE, Optional.empty());

    @TempDir
    static Path folder;

    private EmbeddedKafka kafka;
    private Project project;
    private RowLog log;
    private Service processor;
    private Service sink;
    private Producer<byte[], byte[]> producer;
    private long version;
    private long sourceVersion;

    @BeforeAll
    void start() throws IOException {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
        project = Project.start(folder.resolve("project"));
        log = new RowLog(kafka.bootstrapServers(), "v");
        Map<String, String> environment = new HashMap<>(log.environment(project));
        environment.put("SYNC_STATE_STORE", "memory");
        environment.put("SYNC_STATE_DIR", folder.resolve("state").toString());
        environment.put("SYNC_HTTP_PORT", "0");
        processor = ProcessorApp.start(environment);
        sink = SinkApp.start(environment);
        Map<String, Object> properties = new HashMap<>(log.access().clientProperties());
        properties.put(ProducerConfig.PARTITIONER_CLASS_CONFIG, com.listingsync.common.wire.ListingPartitioner.class);
        producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterAll
    void stop() {
        producer.close();
        sink.close();
        processor.close();
        log.close();
        project.close();
        kafka.close();
    }

    @BeforeEach
    void fill() {
        version++;
        for (int i = 0; i < 20; i++) {
            listing(
                    "W" + i,
                    "\"City\":\"Oslo " + version
                            + "\",\"ListPrice\":1.50,\"ModificationTimestamp\":\"2026-11-22T03:00:00.5-05:00\","
                            + "\"ArchitecturalStyle\":[\"Bungalow\",\"Other\"],\"StandardStatus\":\"Active\"");
            photo("W" + i, "M" + i);
        }
        sheetRow(
                "AA1",
                "\"property_number\":\"AA1\",\"Price\":1250000.00,\"Title\":\"A house\",\"Depth\":{\"b\":1,\"a\":[1.0]}");
        producer.flush();
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(project.count("properties where city = 'Oslo " + version + "'"))
                    .isEqualTo(20);
            assertThat(project.count("media")).isEqualTo(20);
            assertThat(project.count("property_listings")).isEqualTo(1);
        });
    }

    @Test
    void findsNothingWhereNothingIsWrong() {
        VerifyReport report = verified(VerifyRequest.ALL);

        assertThat(report.differences()).isEmpty();
        assertThat(report.isInSync()).isTrue();
        assertThat(report.whole()).isTrue();
        assertThat(report.tables().get("properties").logged()).isEqualTo(20);
        assertThat(report.tables().get("properties").found()).isEqualTo(20);
        assertThat(report.tables().get("media").found()).isEqualTo(20);
    }

    @Test
    void findsEveryKindOfDamageAndMendsIt() {
        damage();

        VerifyReport found = verified(VerifyRequest.ALL);

        assertThat(found.differences())
                .extracting(one -> one.kind().word() + " " + one.table() + " " + one.id())
                .containsExactlyInAnyOrder(
                        "different properties W1",
                        "missing media M2",
                        "stale properties W3",
                        "extra properties HAND",
                        "ahead properties W4",
                        "different property_listings AA1");
        assertThat(columns(found, "W1")).containsExactly("city");
        assertThat(columns(found, "AA1")).containsExactly("details");

        Repair.Outcome outcome = repaired(found, Repair.Extra.DELETE);

        assertThat(outcome.left()).isEmpty();
        assertThat(outcome.done())
                .containsEntry("sent", 2L)
                .containsEntry("remade", 3L)
                .containsEntry("marked", 1L);
        VerifyReport after = verified(VerifyRequest.ALL);
        assertThat(after.differences()).isEmpty();
        assertThat(project.column("select city from properties where listing_key in ('W1', 'W3')"))
                .containsOnly("Oslo " + version);
        assertThat(project.column("select listing_key from properties where deleted_at is not null"))
                .contains("HAND");
        project.execute("delete from properties where listing_key = 'HAND'");
    }

    @Test
    void tellsTheLastResultOfTheScheduleInHealthAndMeters() {
        await().atMost(PATIENCE).until(() -> verified(VerifyRequest.ALL).isInSync());
        Health health = new Health();
        Meters meters = new Meters();
        LastProof proof = new LastProof();
        proof.measure(meters);
        try (VerifySchedule schedule = new VerifySchedule(
                log.access(), log.environment(project), Duration.ofMillis(500), Clock.systemUTC(), proof)) {
            schedule.start(health);
            assertThat(meters.scrape()).contains("listings_verify_last_seconds 0.0");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(fact(health, "inSync").asBoolean())
                            .as(String.valueOf(health.facts()))
                            .isTrue());
            assertThat(meters.scrape())
                    .contains("listings_verify_differences{kind=\"different\"} 0.0")
                    .doesNotContain("listings_verify_last_seconds 0.0");

            project.byHand("properties", "update properties set city = 'by hand' where listing_key = 'W5'");

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(meters.scrape())
                            .contains("listings_verify_differences{kind=\"different\"} 1.0"));
            assertThat(fact(health, "inSync").asBoolean()).isFalse();
            assertThat(fact(health, "differences").findValuesAsText("id")).contains("W5");
        } finally {
            meters.close();
        }
        repaired(verified(VerifyRequest.ALL), Repair.Extra.KEEP);
    }

    @Test
    void leavesExtraRowsWhenNobodySaidThatTheyGo() {
        project.execute("insert into properties (listing_key, row_version) values ('MINE', 1)");

        VerifyReport found = verified(VerifyRequest.ALL);
        Repair.Outcome outcome = repaired(found, Repair.Extra.KEEP);

        assertThat(found.tables().get("properties").count(Kind.EXTRA)).isEqualTo(1);
        assertThat(outcome.done()).isEmpty();
        assertThat(outcome.left()).containsValue(1L);
        project.execute("delete from properties where listing_key = 'MINE'");
    }

    @Test
    void mendsRowsOfTheSyncItselfWhichNoSourceMakes() {
        await().atMost(PATIENCE).until(() -> verified(VerifyRequest.ALL).isInSync());
        log.row(
                "R1",
                "sync_log",
                "R1/mls/property",
                Operation.UPSERT,
                5,
                "\"id\":\"R1/mls/property\",\"run_id\":\"R1\",\"details\":{\"fetched\":1},\"started_at\":\"2026-11-22T08:00:00Z\"");
        log.flush();
        await().atMost(PATIENCE).until(() -> project.count("sync_log where run_id = 'R1'") == 1);
        project.byHand("sync_log", "update sync_log set details = '{\"fetched\":2}' where run_id = 'R1'");

        VerifyReport found = verified(VerifyRequest.ALL);
        Repair.Outcome outcome = repaired(found, Repair.Extra.KEEP);

        assertThat(found.differences())
                .singleElement()
                .satisfies(one -> assertThat(one.columns()).containsExactly("details"));
        assertThat(outcome.done()).containsEntry("removed", 1L).containsEntry("sent", 1L);
        assertThat(verified(VerifyRequest.ALL).isInSync()).isTrue();
    }

    @Test
    void looksOnlyAtWhatWasAskedFor() {
        project.byHand("properties", "update properties set city = 'x' where listing_key = 'W1'");
        project.byHand("properties", "update properties set city = 'x' where listing_key = 'W2'");

        VerifyReport one = verified(request(List.of(), List.of("W1"), 0));
        VerifyReport media = verified(request(List.of("media"), List.of(), 0));
        VerifyReport sample = verified(request(List.of("media"), List.of(), 7));

        assertThat(one.differences())
                .singleElement()
                .satisfies(found -> assertThat(found.id()).isEqualTo("W1"));
        assertThat(one.tables().get("media").logged()).isEqualTo(1);
        assertThat(media.isInSync()).isTrue();
        assertThat(media.tables()).containsOnlyKeys("media");
        assertThat(sample.tables().get("media").logged()).isEqualTo(7);
        assertThatThrownBy(() -> verified(request(List.of("houses"), List.of(), 0)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("there is no table 'houses'");
        repaired(verified(VerifyRequest.ALL), Repair.Extra.KEEP);
        assertThat(verified(VerifyRequest.ALL).isInSync()).isTrue();
    }

    @Test
    void rowsOnTheirWayAreNoDifferencesUntilTheGraceIsOver() {
        sink.close();
        listing("W1", "\"City\":\"Bergen\"");
        listing("LATE", "\"City\":\"Bergen\"");
        producer.flush();
        await().atMost(PATIENCE).until(() -> !verified(request(Duration.ZERO)).isInSync());

        VerifyReport without = verified(request(Duration.ofMillis(500)));
        assertThat(without.differences()).allMatch(Difference::late).hasSize(2);
        sink = SinkApp.start(log.environment(project));

        assertThat(verified(request(PATIENCE)).differences()).isEmpty();
        listing("LATE", null);
        producer.flush();
        await().atMost(PATIENCE).until(() -> project.count("properties where deleted_at is not null") == 1);
        assertThat(verified(VerifyRequest.ALL).differences()).isEmpty();
        project.byHand("properties", "update properties set deleted_at = null where listing_key = 'LATE'");
        VerifyReport revived = verified(VerifyRequest.ALL);
        assertThat(revived.differences())
                .singleElement()
                .satisfies(one -> assertThat(one.kind()).isEqualTo(Kind.DIFFERENT));
        assertThat(repaired(revived, Repair.Extra.KEEP).done()).containsEntry("marked", 1L);
        assertThat(verified(VerifyRequest.ALL).isInSync()).isTrue();
    }

    private static JsonNode fact(Health health, String name) {
        return ((JsonNode) health.facts().get("verify")).path(name);
    }

    private void damage() {
        project.byHand("properties", "update properties set city = 'by hand' where listing_key = 'W1'");
        project.execute("delete from media where media_key = 'M2'");
        project.byHand("properties", "update properties set city = 'old', row_version = 1 where listing_key = 'W3'");
        project.byHand("properties", "update properties set row_version = row_version + 1 where listing_key = 'W4'");
        project.byHand("property_listings", "update property_listings set details = '{}'");
        project.execute("insert into properties (listing_key, row_version) values ('HAND', 1)");
    }

    private static List<String> columns(VerifyReport report, String id) {
        return report.differences().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow()
                .columns();
    }

    private static VerifyRequest request(List<String> tables, List<String> keys, int sample) {
        return new VerifyRequest(tables, keys, sample, PATIENCE, Optional.empty());
    }

    private static VerifyRequest request(Duration grace) {
        return new VerifyRequest(List.of(), List.of(), 0, grace, Optional.empty());
    }

    private VerifyReport verified(VerifyRequest request) {
        return new Verification(log.access(), log.environment(project), Mapping.standard(), request, Clock.systemUTC())
                .work(() -> false);
    }

    private Repair.Outcome repaired(VerifyReport report, Repair.Extra extra) {
        return new Repair(
                        log.access(), log.environment(project), Mapping.standard(), extra, "tester", Clock.systemUTC())
                .work(report);
    }

    private void listing(String key, String fields) {
        String json = fields == null ? null : "{\"ListingKey\":\"" + key + "\"," + fields + "}";
        source(Entity.PROPERTY, SourceKey.ofListing(key, "mls"), IDX, json);
    }

    private void photo(String listing, String key) {
        source(
                Entity.MEDIA,
                SourceKey.ofChild(listing, key, "mls"),
                IDX,
                "{\"MediaKey\":\"" + key + "\",\"ResourceName\":\"Property\",\"Order\":1.50}");
    }

    private void sheetRow(String number, String fields) {
        source(Entity.SHEET, SourceKey.ofChild(number, number, "sheets"), SHEET, "{" + fields + "}");
    }

    private void source(Entity entity, SourceKey key, Origin origin, String json) {
        byte[] value = json == null ? null : json.getBytes(StandardCharsets.UTF_8);
        Operation operation = value == null ? Operation.DELETE : Operation.UPSERT;
        Headers headers = new org.apache.kafka.common.header.internals.RecordHeaders();
        String hash = value == null ? "" : ContentHash.of(value);
        RecordHeaders.write(new SourceEvent(entity, operation, origin, ++sourceVersion, hash), headers);
        producer.send(new ProducerRecord<>(log.topics().source(entity).name(), null, key.bytes(), value, headers));
    }
}
