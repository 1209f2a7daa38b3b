package com.listingsync.console.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.command.ReprocessRequest;
import com.listingsync.common.event.Entity;
import com.listingsync.common.event.Operation;
import com.listingsync.common.event.Origin;
import com.listingsync.common.event.RowEvent;
import com.listingsync.common.event.SourceEvent;
import com.listingsync.common.event.View;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.run.Outcome;
import com.listingsync.common.topic.TopicAdmin;
import com.listingsync.common.topic.TopicSpec;
import com.listingsync.common.topic.Topics;
import com.listingsync.common.wire.ContentHash;
import com.listingsync.common.wire.Json;
import com.listingsync.common.wire.ListingPartitioner;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.common.wire.RowKey;
import com.listingsync.common.wire.SourceKey;
import com.listingsync.console.command.CommandTree;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.shell.Shell;
import com.listingsync.console.shell.StopSignal;
import com.listingsync.console.shell.Terminal;
import com.listingsync.embedded.kafka.EmbeddedKafka;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command on a broker that holds a log and its rows; no service runs. */
class ReprocessCommandIT {

    private static final Origin IDX = new Origin("mls", "property", View.IDX, Optional.empty());
    private static final int PARTITIONS = 3;

    @TempDir
    private Path folder;

    private EmbeddedKafka kafka;
    private KafkaAccess access;
    private Producer<byte[], byte[]> producer;
    private Map<String, String> environment;

    @BeforeEach
    void fill() {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
        environment = Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                kafka.bootstrapServers(),
                "SYNC_TOPIC_PARTITIONS",
                Integer.toString(PARTITIONS));
        access = KafkaAccess.of(environment);
        try (Admin admin = access.admin()) {
            new TopicAdmin(admin).createMissing(topics().all(), TopicAdmin.BROKER_DEFAULT_REPLICATION);
        }
        Map<String, Object> properties = new HashMap<>(access.clientProperties());
        properties.put(ProducerConfig.PARTITIONER_CLASS_CONFIG, ListingPartitioner.class);
        producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        listing("W1", 1, "{\"ListingKey\":\"W1\",\"City\":\"never\"}");
        listing("W1", 2, "{\"ListingKey\":\"W1\",\"City\":\"Oslo\",\"CityRegion\":\"Frogner\",\"ListPrice\":1.50}");
        row("W1", "properties", "W1", "{\"listing_key\":\"W1\",\"city\":\"Oslo\",\"list_price\":1.50}");
        photo("W1", "M1");
        row("W1", "media", "M1", "{\"media_key\":\"M1\",\"listing_key\":\"W1\"}");
        photo("W1", "M2");
        listing("W2", 1, "{\"ListingKey\":\"W2\",\"ListPrice\":\"ask\"}");
        photo("W2", "M3");
        producer.flush();
    }

    @AfterEach
    void stop() {
        producer.close();
        kafka.close();
    }

    @Test
    void dryRunShowsWhatWouldChangeAndWritesNothing() throws Exception {
        Path mapping = Files.writeString(
                folder.resolve("mapping.yaml"),
                Mapping.standardText().replace("city: {from: City}", "city: {from: CityRegion}"));
        long before = end(topics().rows());

        Run run = call("reprocess", "--dry-run", "--json", "--mapping", mapping.toString());

        JsonNode json = Json.MAPPER.readTree(run.out());
        assertThat(run.exitCode()).isZero();
        assertThat(json.at("/tables/properties/changed").asInt()).isEqualTo(1);
        assertThat(json.at("/tables/properties/refused").asInt()).isEqualTo(1);
        assertThat(json.at("/tables/media/appearing").asInt()).isEqualTo(1);
        JsonNode sample = Stream.iterate(0, i -> i + 1)
                .map(i -> json.at("/tables/properties/samples/" + i))
                .filter(one -> one.path("fate").asText().equals("changed"))
                .findFirst()
                .orElseThrow();
        assertThat(sample.at("/columns/city").toString())
                .isEqualTo("{\"before\":\"\\\"Oslo\\\"\",\"after\":\"\\\"Frogner\\\"\"}");
        assertThat(sample.at("/columns").has("list_price")).isFalse();
        assertThat(json.at("/tables/media/same").asInt()).isEqualTo(1);
        assertThat(json.path("wouldChange").asInt()).isEqualTo(2);
        assertThat(end(topics().rows())).isEqualTo(before);
        assertThat(end(topics().reprocess())).isZero();
    }

    @Test
    void dryRunTellsPeopleTheSame() {
        Run run = call("reprocess", "--dry-run", "--keys", "W2", "--entity", "property");

        assertThat(run.out().lines())
                .contains(
                        "refused properties property: bad-value of list_price",
                        "nothing was written; 0 rows would change");
    }

    @Test
    void asksEveryPartitionOnceAndAnnouncesTheRun() throws Exception {
        Run run = call("reprocess", "--entity", "media,rooms", "--keys", "W1", "--json");

        String id = Json.MAPPER.readTree(run.out()).path("run").asText();
        // A commit is answered before its markers are written, so a reader may have to wait for them.
        Asked asked = await().until(
                        this::asked,
                        seen -> seen.requests().size() >= PARTITIONS
                                && !seen.outcomes().isEmpty());
        List<ReprocessRequest> requests = asked.requests();
        List<Outcome> outcomes = asked.outcomes();
        assertThat(asked.partitions()).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(requests).containsOnly(new ReprocessRequest(id, List.of("media", "rooms"), List.of("W1"), "cli"));
        assertThat(outcomes).singleElement().isInstanceOfSatisfying(Outcome.RunStarted.class, started -> {
            assertThat(started.trigger()).isEqualTo("reprocess");
            assertThat(started.feeds())
                    .containsExactlyElementsOf(IntStream.range(0, PARTITIONS)
                            .mapToObj(ReprocessRequest::feed)
                            .toList());
        });
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThat(call("reprocess", "--entity", "house").exitCode()).isEqualTo(2);
        assertThat(call("reprocess", "--mapping", "mapping.yaml").exitCode()).isEqualTo(2);
    }

    private record Asked(List<Integer> partitions, List<ReprocessRequest> requests, List<Outcome> outcomes) {}

    private Asked asked() {
        Asked asked = new Asked(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        try (LogScan scan = new LogScan(access)) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                scan.read(topics().reprocess(), partition, record -> {
                    asked.partitions().add(record.partition());
                    asked.requests().add(ReprocessRequest.of(record.value()));
                });
                scan.read(
                        topics().outcomes(),
                        partition,
                        record -> asked.outcomes().add(Outcome.of(record.value())));
            }
        }
        return asked;
    }

    private record Run(int exitCode, String out, String err) {}

    private Run call(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Shell shell = new Shell(
                environment,
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                Terminal.PLAIN,
                Clock.systemUTC(),
                new StopSignal());
        return new Run(CommandTree.of(shell).execute(arguments), out.toString(), err.toString());
    }

    private Topics topics() {
        return access.topics();
    }

    private long end(TopicSpec topic) {
        try (LogScan scan = new LogScan(access)) {
            return IntStream.range(0, PARTITIONS)
                    .mapToLong(partition -> scan.size(topic, partition))
                    .sum();
        }
    }

    private void listing(String key, long version, String json) {
        source(Entity.PROPERTY, SourceKey.ofListing(key, "mls"), version, json);
    }

    private void photo(String listing, String key) {
        source(
                Entity.MEDIA,
                SourceKey.ofChild(listing, key, "mls"),
                1,
                "{\"MediaKey\":\"" + key + "\",\"ResourceName\":\"Property\"}");
    }

    private void source(Entity entity, SourceKey key, long version, String json) {
        byte[] value = json.getBytes(StandardCharsets.UTF_8);
        Headers headers = new org.apache.kafka.common.header.internals.RecordHeaders();
        RecordHeaders.write(new SourceEvent(entity, Operation.UPSERT, IDX, version, ContentHash.of(value)), headers);
        producer.send(new ProducerRecord<>(topics().source(entity).name(), null, key.bytes(), value, headers));
    }

    private void row(String listing, String table, String id, String json) {
        Headers headers = new org.apache.kafka.common.header.internals.RecordHeaders();
        RecordHeaders.write(new RowEvent(table, Operation.UPSERT, 1, Optional.empty()), headers);
        producer.send(new ProducerRecord<>(
                topics().rows().name(),
                null,
                new RowKey(listing, table, id).bytes(),
                json.getBytes(StandardCharsets.UTF_8),
                headers));
    }
}
