package com.listingsync.console.up;

import com.listingsync.common.command.ConnectionCard;
import com.listingsync.common.health.Service;
import com.listingsync.common.topic.TopicAdmin;
import com.listingsync.console.ConsoleApp;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.shell.CommandFailure;
import com.listingsync.console.up.Ports.Listener;
import com.listingsync.embedded.kafka.EmbeddedKafka;
import com.listingsync.embedded.postgres.EmbeddedPostgresServer;
import com.listingsync.embedded.postgres.PostgresOptions;
import com.listingsync.embedded.postgrest.PostgrestOptions;
import com.listingsync.embedded.postgrest.PostgrestServer;
import com.listingsync.embedded.social.SampleSocial;
import com.listingsync.processor.ProcessorApp;
import com.listingsync.producer.ProducerApp;
import com.listingsync.producer.connection.Connection;
import com.listingsync.producer.connection.ConnectionsFile;
import com.listingsync.sink.Migrations;
import com.listingsync.sink.SinkApp;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;

/**
 * The parts list of an {@code up}: broker, database and upstreams side by side, then REST, topics, and the four services as
 * in production. Confined to one thread.
 */
final class StackStart {

    private static final short ONE_COPY = 1;
    private static final String CONNECTIONS = "connections.yaml";
    private static final String LOOPBACK = "127.0.0.1";

    private final UpPlan plan;
    private final DataFolder folder;
    private final Map<String, String> callers;
    private final BooleanSupplier stopWanted;
    private final Parts parts = new Parts();

    /**
     * @param callers the environment of whoever started the command
     * @param stopWanted asked between the steps
     */
    StackStart(UpPlan plan, DataFolder folder, Map<String, String> callers, BooleanSupplier stopWanted) {
        this.plan = plan;
        this.folder = folder;
        this.callers = callers;
        this.stopWanted = stopWanted;
    }

    /**
     * Starts everything, or nothing.
     *
     * @throws CommandFailure when a part does not start
     * @throws com.listingsync.common.setting.SettingsException when a setting or file is wrong
     * @throws CancellationException when a stop was wanted in between
     */
    Stack start() throws IOException {
        boolean complete = false;
        try {
            Stack stack = startAll();
            complete = true;
            return stack;
        } finally {
            if (!complete) {
                parts.close();
            }
        }
    }

    private Stack startAll() throws IOException {
        plan.ports().requireFree();
        Together together = new Together(parts);
        CompletableFuture<EmbeddedKafka> broker = together.begin("Kafka", this::kafka);
        CompletableFuture<EmbeddedPostgresServer> database = together.begin("PostgreSQL", this::postgres);
        Optional<CompletableFuture<SampleUpstreams>> sampling = plan.upstreams()
                .fold(
                        sample -> Optional.of(together.begin("samples", () -> samples(sample))),
                        real -> Optional.empty());
        together.join();
        Optional<SampleUpstreams> samples = sampling.map(CompletableFuture::join);
        SupabaseKeys keys = new SupabaseKeys(folder.folder("keys"));
        PostgrestServer rest = part("Supabase REST", () -> rest(database.join(), keys));
        Map<String, String> addresses = new LinkedHashMap<>();
        addresses.put("kafka", broker.join().bootstrapServers());
        addresses.put("supabase", rest.uri().toString());
        addresses.put("jdbc", database.join().jdbcUrl());
        samples.ifPresent(each -> addresses.putAll(each.addresses()));
        Optional<SampleSocial> social = samples.map(each -> social(each, database.join()));
        social.ifPresent(each -> addresses.put("social", each.uri().toString()));
        Path connectionsFile = connectionsFile(samples, social);
        ServiceEnvironments environments =
                new ServiceEnvironments(callers, broker.join().bootstrapServers(), plan.ports(), connectionsFile);
        KafkaAccess kafka = KafkaAccess.of(environments.tools());
        createTopics(kafka);
        List<ConnectionCard> connections = ConnectionsFile.read(connectionsFile, environments.producer()).stream()
                .map(Connection::card)
                .toList();
        List<Service> services = services(environments, rest, addresses);
        Map<String, URI> roots = healthRoots(services);
        Endpoints endpoints = new Endpoints(addresses, keys.write(rest), roots, environments.tools(roots));
        return new Stack(parts, endpoints, kafka, connections, services, samples);
    }

    private List<Service> services(
            ServiceEnvironments environments, PostgrestServer rest, Map<String, String> addresses) {
        Service sink =
                part("sink", () -> SinkApp.start(environments.sink(rest.uri().toString(), rest.serviceRoleKey())));
        Service processor =
                part("processor", () -> ProcessorApp.start(environments.processor(folder.folder("processor"))));
        Service producer = part("producer", () -> ProducerApp.start(environments.producer()));
        Map<String, URI> others = healthRoots(List.of(producer, processor, sink));
        ConsoleApp console = part(
                "console",
                () -> ConsoleApp.start(environments.console(rest.uri().toString(), rest.serviceRoleKey(), others)));
        addresses.put("console", console.api().toString());
        return List.of(producer, processor, sink, console);
    }

    private EmbeddedKafka kafka() throws IOException {
        return EmbeddedKafka.start(folder.folder("kafka"), plan.ports().of(Listener.KAFKA));
    }

    private EmbeddedPostgresServer postgres() {
        EmbeddedPostgresServer server = EmbeddedPostgresServer.start(PostgresOptions.on(folder.at("postgres"))
                .withPort(plan.ports().of(Listener.POSTGRES))
                .withAtExit(PostgresOptions.AtExit.LEAVE));
        try {
            Migrations.all().forEach(migration -> server.apply(migration.fileName(), migration.sql()));
            return server;
        } catch (RuntimeException e) {
            // The caller hears which migration failed; a database without tables is of no use.
            server.close();
            throw e;
        }
    }

    private SampleUpstreams samples(Upstreams.Sample asked) throws IOException {
        Path journal = folder.folder("sample").resolve("journal");
        return SampleUpstreams.start(
                SampleChoice.of(folder, asked).world(journal),
                LOOPBACK,
                plan.ports().of(Listener.MLS),
                plan.ports().of(Listener.SHEETS));
    }

    private SampleSocial social(SampleUpstreams samples, EmbeddedPostgresServer database) {
        return part("sample social media", () -> {
            SampleSocial social = new SampleSocial(LOOPBACK, plan.ports().of(Listener.SOCIAL)).start();
            new SamplePosts(database.jdbcUrl()).putUp(social, samples.world());
            return social;
        });
    }

    private Path connectionsFile(Optional<SampleUpstreams> samples, Optional<SampleSocial> social) throws IOException {
        if (samples.isPresent()) {
            Path account = folder.folder("keys").resolve("sheets-account.json");
            SupabaseKeys.writePrivate(account, samples.get().sheetsAccount());
            String owners =
                    social.map(each -> SampleUpstreams.owners(each.uri())).orElse("");
            return Files.writeString(folder.at(CONNECTIONS), samples.get().connections(account.toString()) + owners);
        }
        return plan.upstreams().fold(sample -> folder.at(CONNECTIONS), Upstreams.Real::connections);
    }

    private PostgrestServer rest(EmbeddedPostgresServer database, SupabaseKeys keys) throws IOException {
        return PostgrestServer.start(
                PostgrestOptions.on(database.jdbcUrl("authenticator"), keys.secret(new SecureRandom()))
                        .withPort(plan.ports().of(Listener.SUPABASE)));
    }

    private static void createTopics(KafkaAccess kafka) {
        try (Admin admin = kafka.admin()) {
            TopicAdmin topics = new TopicAdmin(admin);
            topics.createMissing(kafka.topics().all(), ONE_COPY);
            List<String> problems = topics.contradictions(kafka.topics().all());
            if (!problems.isEmpty()) {
                throw new CommandFailure(String.join("; ", problems));
            }
        }
    }

    private <T extends AutoCloseable> T part(String name, java.util.concurrent.Callable<T> start) {
        if (stopWanted.getAsBoolean()) {
            throw new CancellationException("stopped before " + name + " was started");
        }
        return parts.add(name, Together.started(name, start));
    }

    private static Map<String, URI> healthRoots(List<Service> services) {
        Map<String, URI> roots = new LinkedHashMap<>();
        services.forEach(service -> roots.put(service.name(), service.endpoint()));
        return roots;
    }
}
