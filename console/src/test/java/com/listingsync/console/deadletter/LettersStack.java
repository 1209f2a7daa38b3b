package com.listingsync.console.deadletter;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.event.Entity;
import com.listingsync.common.event.Operation;
import com.listingsync.common.event.Origin;
import com.listingsync.common.event.SourceEvent;
import com.listingsync.common.event.View;
import com.listingsync.common.health.Service;
import com.listingsync.common.topic.TopicAdmin;
import com.listingsync.common.topic.Topics;
import com.listingsync.common.wire.ContentHash;
import com.listingsync.common.wire.Json;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.common.wire.SourceKey;
import com.listingsync.console.command.CommandLineRun;
import com.listingsync.console.command.CommandProcess;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.embedded.kafka.EmbeddedKafka;
import com.listingsync.embedded.postgres.EmbeddedPostgresServer;
import com.listingsync.embedded.postgrest.PostgrestOptions;
import com.listingsync.embedded.postgrest.PostgrestServer;
import com.listingsync.processor.ProcessorApp;
import com.listingsync.sink.Migrations;
import com.listingsync.sink.SinkApp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.awaitility.core.ThrowingRunnable;

/** A broker, a database behind the REST stand-in, a processor and a sink: everything a dead letter goes through. */
final class LettersStack implements AutoCloseable {

    static final int PARTITIONS = 3;
    static final String RUN = "20261122-080000-aaaa";

    private static final Duration PATIENCE = Duration.ofSeconds(Integer.getInteger("letters.patience", 60));

    private final EmbeddedKafka kafka;
    private final EmbeddedPostgresServer postgres;
    private final PostgrestServer rest;
    private final Map<String, String> environment;
    private final KafkaAccess access;
    private final Service processor;
    private final Service sink;
    private final Producer<byte[], byte[]> producer;

    private LettersStack(
            EmbeddedKafka kafka,
            EmbeddedPostgresServer postgres,
            PostgrestServer rest,
            Map<String, String> environment) {
        this.kafka = kafka;
        this.postgres = postgres;
        this.rest = rest;
        this.environment = environment;
        this.access = KafkaAccess.of(environment);
        try (Admin admin = access.admin()) {
            new TopicAdmin(admin).createMissing(access.topics().all(), TopicAdmin.BROKER_DEFAULT_REPLICATION);
        }
        this.processor = ProcessorApp.start(environment);
        this.sink = SinkApp.start(environment);
        this.producer = access.plain();
    }

    static LettersStack start(Path folder) throws IOException {
        EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
        EmbeddedPostgresServer postgres = EmbeddedPostgresServer.start(folder.resolve("postgres"));
        Migrations.all().forEach(migration -> postgres.apply(migration.fileName(), migration.sql()));
        PostgrestServer rest = PostgrestServer.start(PostgrestOptions.on(
                postgres.jdbcUrl("authenticator"), "a-secret-of-the-letter-tests-that-is-long-enough"));
        Map<String, String> environment = new HashMap<>();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        environment.put("SYNC_TOPIC_PARTITIONS", Integer.toString(PARTITIONS));
        environment.put("SYNC_STATE_DIR", folder.resolve("state").toString());
        environment.put("SYNC_STATE_STORE", "memory");
        environment.put("SYNC_PROCESSOR_THREADS", "1");
        environment.put("SUPABASE_URL", rest.uri().toString());
        environment.put("SUPABASE_REST_PATH", "/");
        environment.put("SUPABASE_SERVICE_ROLE_KEY", rest.serviceRoleKey());
        environment.put("SYNC_RETRY_DELAY", "20ms");
        environment.put("SYNC_CIRCUIT_BREAKER_TIMEOUT", "100ms");
        environment.put("LISTING_SYNC_USER", "ann@desk");
        environment.put("SYNC_REPLAY_LIMIT", "2");
        return new LettersStack(kafka, postgres, rest, environment);
    }

    KafkaAccess access() {
        return access;
    }

    Topics topics() {
        return access.topics();
    }

    DeadLetters letters() {
        return new DeadLetters(access, 2);
    }

    /** The command line, as somebody types it. */
    CommandLineRun call(String... arguments) {
        return CommandLineRun.of(environment, arguments);
    }

    /** The same as a process of its own. */
    Process process(String... arguments) throws IOException {
        return CommandProcess.start(environment, arguments);
    }

    CommandLineRun callWith(Map<String, String> more, String... arguments) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        return CommandLineRun.of(all, arguments);
    }

    /** What {@code dlq list --json} says of a listing's letters, the newest first. */
    List<JsonNode> list(String key, String... more) {
        String[] arguments = new String[more.length + 5];
        System.arraycopy(new String[] {"dlq", "list", "--json", "--keys", key}, 0, arguments, 0, 5);
        System.arraycopy(more, 0, arguments, 5, more.length);
        JsonNode document = json(call(arguments).out());
        return StreamSupport.stream(document.path("letters").spliterator(), false)
                .toList();
    }

    /** The letter of this listing that stands like this, once there is one. */
    JsonNode awaitLetter(String key, String state) {
        return await().atMost(PATIENCE)
                .until(
                        () -> list(key, "--state", "all").stream()
                                .filter(letter -> letter.path("state").asText().equals(state))
                                .findFirst()
                                .orElse(null),
                        found -> found != null);
    }

    void listing(String key, long version, String fields) {
        byte[] value = ("{\"ListingKey\":\"" + key + "\"" + (fields.isEmpty() ? "" : "," + fields) + "}")
                .getBytes(StandardCharsets.UTF_8);
        source(Entity.PROPERTY, SourceKey.ofListing(key, "mls"), version, value);
    }

    void source(Entity entity, SourceKey key, long version, byte[] value) {
        Headers headers = new org.apache.kafka.common.header.internals.RecordHeaders();
        Origin origin = new Origin("mls", entity.wireName(), View.IDX, Optional.of(RUN));
        RecordHeaders.write(new SourceEvent(entity, Operation.UPSERT, origin, version, ContentHash.of(value)), headers);
        send(new ProducerRecord<>(topics().source(entity).name(), null, key.bytes(), value, headers));
    }

    void send(ProducerRecord<byte[], byte[]> record) {
        var unused = producer.send(record);
        producer.flush();
    }

    /** A topic that is none of ours. */
    void foreignTopic(String name) {
        try (Admin admin = access.admin()) {
            admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    void execute(String sql) {
        try (Connection connection = postgres.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The only value of a query; empty when it has none. */
    String value(String sql) {
        try (Connection connection = postgres.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static void eventually(ThrowingRunnable assertion) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).untilAsserted(assertion);
    }

    static JsonNode json(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    static Predicate<JsonNode> stands(String state) {
        return letter -> letter.path("state").asText().equals(state);
    }

    @Override
    public void close() {
        producer.close();
        sink.close();
        processor.close();
        rest.close();
        postgres.close();
        kafka.close();
    }
}
