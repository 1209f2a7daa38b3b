package com.listingsync.sink;

import com.listingsync.common.topic.Stage;
import com.listingsync.common.topic.TopicAdmin;
import com.listingsync.common.topic.TopicSpec;
import com.listingsync.common.topic.Topics;
import com.listingsync.embedded.kafka.EmbeddedKafka;
import com.listingsync.embedded.network.FaultProxy;
import com.listingsync.embedded.postgres.EmbeddedPostgresServer;
import com.listingsync.embedded.postgrest.PostgrestOptions;
import com.listingsync.embedded.postgrest.PostgrestServer;
import com.listingsync.embedded.postgrest.RestFaults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Real parts around a sink under test: a broker, a PostgreSQL with the migration, and the PostgREST stand-in. */
public final class SinkStack implements AutoCloseable {

    static final String SECRET = "planted-secret-of-the-sink-tests-long-enough";
    static final String OTHER_SECRET = "planted-secret-of-the-sink-tests-that-is-another";
    static final int PARTITIONS = 4;

    private final EmbeddedKafka kafka;
    private final EmbeddedPostgresServer postgres;
    private final Committed committed;
    private final AtomicInteger number = new AtomicInteger();
    private PostgrestServer postgrest;
    private final URI restUri;
    private final String key;

    private SinkStack(EmbeddedKafka kafka, EmbeddedPostgresServer postgres, PostgrestServer postgrest) {
        this.kafka = kafka;
        this.postgres = postgres;
        this.postgrest = postgrest;
        this.restUri = postgrest.uri();
        this.key = postgrest.serviceRoleKey();
        this.committed = new Committed(kafka.bootstrapServers());
    }

    public static SinkStack start(Path folder) throws IOException {
        EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
        EmbeddedPostgresServer postgres = EmbeddedPostgresServer.start(folder.resolve("postgres"));
        Migrations.all().forEach(migration -> postgres.apply(migration.fileName(), migration.sql()));
        return new SinkStack(kafka, postgres, PostgrestServer.start(options(postgres, SECRET)));
    }

    private static PostgrestOptions options(EmbeddedPostgresServer postgres, String secret) {
        return PostgrestOptions.on(postgres.jdbcUrl("authenticator"), secret).withSchemas(List.of("public", "shadow"));
    }

    /** Topics that no other test has seen; those that a sink reads and writes are created, which is most of a short test. */
    public Topics freshTopics() {
        Topics topics = new Topics("t" + number.incrementAndGet(), PARTITIONS);
        new TopicAdmin(committed.admin())
                .createMissing(
                        List.of(
                                topics.rows(),
                                topics.statusChanges(),
                                topics.outcomes(),
                                topics.runs(),
                                topics.deadLetters(Stage.SINK),
                                topics.fates(),
                                topics.signals()),
                        TopicAdmin.BROKER_DEFAULT_REPLICATION);
        return topics;
    }

    /** What stands on its topics. */
    public Committed committed() {
        return committed;
    }

    /** The topic takes no larger records from now on. */
    public void limitRecords(TopicSpec topic, int bytes) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            AlterConfigOp limit = new AlterConfigOp(
                    new ConfigEntry("max.message.bytes", Integer.toString(bytes)), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(
                            Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic.name()), List.of(limit)))
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a sink needs to know, with short waits. */
    public Map<String, String> environment(Topics topics) {
        Map<String, String> environment = new HashMap<>();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers());
        environment.put("SYNC_TOPIC_PREFIX", topics.prefix());
        environment.put("SYNC_TOPIC_PARTITIONS", Integer.toString(topics.partitions()));
        environment.put("SUPABASE_URL", restUri.toString());
        environment.put("SUPABASE_REST_PATH", "/");
        environment.put("SUPABASE_SERVICE_ROLE_KEY", key);
        environment.put("SYNC_RETRY_DELAY", "20ms");
        environment.put("SYNC_RETRY_ATTEMPTS", "2");
        environment.put("SYNC_CIRCUIT_BREAKER_TIMEOUT", "100ms");
        return environment;
    }

    /** Partitions in which a group has written down where it stands. */
    public int placesOf(String group) {
        try {
            return committed
                    .admin()
                    .listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .size();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Records of a topic that a group has not recorded as done. */
    public long lag(String group, String topic) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
                KafkaConsumer<byte[], byte[]> ends = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", bootstrapServers()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            Map<TopicPartition, OffsetAndMetadata> done = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            List<TopicPartition> partitions = ends.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            return ends.endOffsets(partitions).entrySet().stream()
                    .mapToLong(end -> end.getValue()
                            - (done.get(end.getKey()) == null
                                    ? 0
                                    : done.get(end.getKey()).offset()))
                    .sum();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    public URI restUri() {
        return restUri;
    }

    /** Requests the stand-in has answered since it was last started. */
    public long requests() {
        return postgrest.requests();
    }

    /** The database behind the stand-in, as a superuser. */
    public String jdbcUrl() {
        return postgres.jdbcUrl();
    }

    public String serviceRoleKey() {
        return key;
    }

    /** A key for the same role that has expired then. */
    public String serviceRoleKey(Instant expires) {
        return postgrest.serviceRoleKey(expires);
    }

    /** What the stand-in is to do wrong. */
    public RestFaults faults() {
        return postgrest.faults();
    }

    /** A proxy before the stand-in, to be closed by the caller. */
    public FaultProxy proxy() {
        return FaultProxy.start(restUri.getPort());
    }

    /** A key of this project for another role than {@code service_role}. */
    public String anonKey() {
        return postgrest.anonKey();
    }

    /** Supabase is gone. */
    public void stopRest() {
        postgrest.close();
    }

    /** Supabase is back, and takes keys signed with this secret. */
    public void startRest(String secret) {
        try {
            postgrest = PostgrestServer.start(options(postgres, secret).withPort(restUri.getPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void execute(String sql) {
        try (Connection connection = postgres.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets Supabase REST look at the tables anew, as after a migration. */
    public void reloadSchema() {
        execute("notify pgrst, 'reload schema'");
    }

    /** The first column of every row, as text. */
    public List<String> column(String sql) {
        try (Connection connection = postgres.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public long count(String table) {
        return Long.parseLong(column("select count(*) from " + table).get(0));
    }

    /** Empties every synced table. */
    public void emptyTables() {
        execute("truncate properties, media, property_rooms, open_houses, property_listings, listing_status_history,"
                + " sync_state, sync_log");
    }

    @Override
    public void close() {
        committed.close();
        postgrest.close();
        postgres.close();
        kafka.close();
    }
}
