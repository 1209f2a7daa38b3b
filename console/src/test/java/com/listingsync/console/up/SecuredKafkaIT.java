package com.listingsync.console.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.listingsync.common.event.Entity;
import com.listingsync.common.health.Service;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.topic.TopicSpec;
import com.listingsync.common.topic.Topics;
import com.listingsync.console.ConsoleApp;
import com.listingsync.console.command.CommandLineRun;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.embedded.kafka.SecuredKafka;
import com.listingsync.embedded.postgres.EmbeddedPostgresServer;
import com.listingsync.embedded.postgrest.PostgrestOptions;
import com.listingsync.embedded.postgrest.PostgrestServer;
import com.listingsync.embedded.world.WorldPlan;
import com.listingsync.processor.ProcessorApp;
import com.listingsync.producer.ProducerApp;
import com.listingsync.sink.Migrations;
import com.listingsync.sink.SinkApp;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * All services against a broker that demands TLS and a password and has an authorizer on, each with the rights that {@code topics acls}
 * gives it and no other.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecuredKafkaIT {

    private static final List<String> USERS =
            List.of("producer", "processor", "sink", "console", "operator", "stranger");
    private static final Topics TOPICS = new Topics("listings", 2);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LISTINGS = 20;
    private static final int MOST_SERIES = 1_500;

    @TempDir
    private static Path folder;

    private final Parts parts = new Parts();
    private SecuredKafka kafka;
    private EmbeddedPostgresServer postgres;
    private CommandLineRun topics;
    private CommandLineRun acls;
    private List<Service> services;

    @BeforeAll
    void startEverything() throws Exception {
        kafka = parts.add("Kafka", SecuredKafka.start(folder.resolve("kafka"), USERS));
        acls = CommandLineRun.of(kafka.administrator(), "topics", "acls", "--apply");
        topics = CommandLineRun.of(as("operator"), "topics", "apply");
        postgres = parts.add("PostgreSQL", EmbeddedPostgresServer.start(folder.resolve("postgres")));
        Migrations.all().forEach(migration -> postgres.apply(migration.fileName(), migration.sql()));
        PostgrestServer rest = parts.add(
                "Supabase REST",
                PostgrestServer.start(PostgrestOptions.on(
                        postgres.jdbcUrl("authenticator"), "a-secret-of-this-test-that-is-long-enough")));
        SampleUpstreams samples =
                parts.add("samples", SampleUpstreams.start(WorldPlan.of(7, LISTINGS), "127.0.0.1", 0, 0));
        Path account = Files.writeString(folder.resolve("account.json"), samples.sheetsAccount());
        Path connections =
                Files.writeString(folder.resolve("connections.yaml"), samples.connections(account.toString()));
        services = List.of(
                parts.add(
                        "sink",
                        SinkApp.start(as(
                                "sink",
                                Map.of(
                                        "SUPABASE_URL", rest.uri().toString(),
                                        "SUPABASE_REST_PATH", "/",
                                        "SUPABASE_SERVICE_ROLE_KEY", rest.serviceRoleKey())))),
                parts.add(
                        "processor",
                        ProcessorApp.start(as(
                                "processor",
                                Map.of("SYNC_STATE_DIR", folder.resolve("state").toString())))),
                parts.add(
                        "producer",
                        ProducerApp.start(as(
                                "producer",
                                Map.of("SYNC_CONNECTIONS", connections.toString(), "SYNC_FIRST_PASS", "command")))),
                parts.add("console", ConsoleApp.start(as("console", Map.of("SYNC_CONSOLE_PORT", "0")))));
    }

    @AfterAll
    void stop() {
        parts.close();
    }

    @Test
    void syncsWithEachServicesOwnRights() {
        assertThat(acls.exitCode()).as(acls.err()).isZero();
        assertThat(topics.exitCode()).as(topics.err()).isZero();
        services.forEach(service -> Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(service.health().ready())
                        .as(service.name())
                        .allSatisfy(check -> assertThat(check.problem()).isEmpty())));

        CommandLineRun sync = CommandLineRun.of(as("operator"), "sync", "--wait");

        assertThat(sync.exitCode()).as(sync.out() + sync.err()).isZero();
        assertThat(new Tables(postgres.jdbcUrl()).pairs("select listing_key, '' from properties"))
                .hasSizeGreaterThan(LISTINGS / 2);
        Service console = services.get(3);
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(get(console)).contains("listings_lag_records{group=\"listings-sink\""));
    }

    /** What Prometheus keeps of one instance; a feed, a table or a partition more must not make it thousands. */
    @Test
    void keepsItsSeriesFew() throws Exception {
        assertThat(services)
                .allSatisfy(service -> assertThat(get(service).lines().filter(line -> !line.startsWith("#")))
                        .as(service.name())
                        .hasSizeLessThan(MOST_SERIES));
        assertThat(get(services.get(1))).contains("kafka_stream_thread_commit_total{");
    }

    @Test
    void addsNothingASecondTime() {
        CommandLineRun again = CommandLineRun.of(kafka.administrator(), "topics", "acls", "--apply");

        assertThat(again.out()).startsWith("0 rules added, ");
    }

    Stream<Arguments> elsewhere() {
        return Stream.of(
                Arguments.of("producer", TOPICS.rows()),
                Arguments.of("producer", TOPICS.runs()),
                Arguments.of("producer", TOPICS.commands()),
                Arguments.of("producer", TOPICS.deadLetters(Stage.SINK)),
                Arguments.of("processor", TOPICS.source(Entity.PROPERTY)),
                Arguments.of("processor", TOPICS.commands()),
                Arguments.of("processor", TOPICS.checkpoints()),
                Arguments.of("sink", TOPICS.rows()),
                Arguments.of("sink", TOPICS.statusChanges()),
                Arguments.of("sink", TOPICS.source(Entity.SHEET)),
                Arguments.of("console", TOPICS.rows()),
                Arguments.of("console", TOPICS.checkpoints()),
                Arguments.of("stranger", TOPICS.commands()));
    }

    @ParameterizedTest
    @MethodSource("elsewhere")
    void writesNowhereElse(String user, TopicSpec topic) {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(clients(user), new ByteArraySerializer(), new ByteArraySerializer())) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>(topic.name(), 0, bytes("k"), bytes("v")))
                            .get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TopicAuthorizationException.class);
        }
    }

    @Test
    void takesNoOtherServicesPlace() {
        Map<String, Object> member = clients("producer");
        member.put("group.id", "listings-sink");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(member, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(TOPICS.commands().name()));
            assertThatThrownBy(() -> consumer.poll(PATIENCE)).isInstanceOf(GroupAuthorizationException.class);
        }
        Map<String, Object> fencing = clients("sink");
        fencing.put("transactional.id", "listings.producer.mls-idx.property");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(fencing, new ByteArraySerializer(), new ByteArraySerializer())) {
            assertThatThrownBy(producer::initTransactions).isInstanceOf(TransactionalIdAuthorizationException.class);
        }
    }

    @Test
    void readsOnlyWhatConcernsIt() {
        assertThat(visible("stranger")).isEmpty();
        assertThat(visible("sink"))
                .containsExactlyInAnyOrder(
                        TOPICS.rows().name(),
                        TOPICS.statusChanges().name(),
                        TOPICS.runs().name(),
                        TOPICS.outcomes().name(),
                        TOPICS.deadLetters(Stage.SINK).name(),
                        TOPICS.fates().name(),
                        TOPICS.signals().name());
    }

    /** A topic that is gone stands for one that a new release brings; nobody here uses this one. */
    @Test
    void saysWhichRightTheConsoleLacksToCreateTopics() throws Exception {
        ConsoleApp console = (ConsoleApp) services.get(3);
        String gone = TOPICS.answers().name();
        try (Admin admin = KafkaAccess.of(kafka.administrator()).admin()) {
            admin.deleteTopics(List.of(gone)).all().get();
        }

        HttpResponse<String> refused = Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> applyTopics(console), answer -> answer.statusCode() != 200);
        CommandLineRun operator = CommandLineRun.of(as("operator"), "topics", "apply");
        HttpResponse<String> there = applyTopics(console);

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body())
                .contains(
                        "Kafka does not let the console create any: that takes the right Create on topics whose names begin with"
                                + " 'listings.'",
                        "'./listing-sync topics apply' with the operator's account creates them");
        assertThat(operator.out()).contains("created " + gone);
        assertThat(there.statusCode()).isEqualTo(200);
        assertThat(there.body()).contains("\"created\":[]", "\"contradictions\":[]");
    }

    private static HttpResponse<String> applyTopics(ConsoleApp console) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(console.api().resolve("/api/topics/apply"))
                                .header("content-type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void letsNobodyInWithAWrongPassword() {
        Map<String, String> environment = new HashMap<>(as("operator"));
        environment.computeIfPresent(
                "KAFKA_SASL_JAAS_CONFIG", (name, login) -> login.replaceAll("password=\".*\"", "password=\"guess\""));

        CommandLineRun run = CommandLineRun.of(environment, "topics", "apply");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("Authentication failed").hasLineCount(1).doesNotContain("guess");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAINTEXT", "SASL_PLAINTEXT"})
    void answersNobodyWithoutTls(String protocol) {
        Map<String, Object> clients = clients("operator");
        clients.put("security.protocol", protocol);
        clients.put("default.api.timeout.ms", 2_000);
        clients.put("request.timeout.ms", 2_000);

        try (Admin admin = Admin.create(clients)) {
            assertThatThrownBy(() -> admin.listTopics().names().get()).hasCauseInstanceOf(TimeoutException.class);
        }
    }

    private Set<String> visible(String user) {
        try (Admin admin = Admin.create(clients(user))) {
            return admin.listTopics().names().get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, Object> clients(String user) {
        Map<String, Object> clients = new HashMap<>(KafkaAccess.of(as(user)).clientProperties());
        clients.put("default.api.timeout.ms", 20_000);
        clients.put("request.timeout.ms", 20_000);
        return clients;
    }

    private Map<String, String> as(String user) {
        return as(user, Map.of());
    }

    private Map<String, String> as(String user, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(kafka.environment(user));
        environment.put("SYNC_TOPIC_PARTITIONS", Integer.toString(TOPICS.partitions()));
        environment.put("SYNC_TOPIC_REPLICATION", "1");
        environment.putAll(more);
        return environment;
    }

    private static String get(Service service) {
        HttpRequest metrics =
                HttpRequest.newBuilder(service.endpoint().resolve("/metrics")).build();
        return HttpClient.newHttpClient()
                .sendAsync(metrics, HttpResponse.BodyHandlers.ofString())
                .thenApply(HttpResponse::body)
                .join();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
