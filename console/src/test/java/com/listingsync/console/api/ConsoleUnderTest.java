package com.listingsync.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.command.ConnectionCard;
import com.listingsync.common.command.ConnectionCard.FeedCard;
import com.listingsync.common.command.SyncCommand;
import com.listingsync.common.run.FeedName;
import com.listingsync.common.run.Outcome;
import com.listingsync.common.run.RunState;
import com.listingsync.common.run.Tally;
import com.listingsync.common.topic.TopicAdmin;
import com.listingsync.common.wire.ControlKey;
import com.listingsync.common.wire.Json;
import com.listingsync.common.wire.ListingPartitioner;
import com.listingsync.console.ConsoleApp;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.embedded.kafka.EmbeddedKafka;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker with all topics, and consoles on it; whoever takes commands stands for the producers. */
final class ConsoleUnderTest implements AutoCloseable {

    static {
        // Seconds; this client's own twenty minutes would leave it to the server to let go of idle connections, and
        // what is sent
        // at that moment gets no answer (RFC 9112, section 9.5). Nothing is repeated here, so no lost answer goes
        // unseen.
        System.setProperty("jdk.httpclient.keepalive.timeout", "20");
    }

    static final ConnectionCard MLS = new ConnectionCard(
            "mls", "ann", "mls", "idx", List.of(new FeedCard("property", "property"), new FeedCard("media", "media")));
    static final ConnectionCard SHEET =
            new ConnectionCard("sheet", "ann", "google-sheets", "none", List.of(new FeedCard("Listings", "sheet")));

    final List<SyncCommand> commands = new CopyOnWriteArrayList<>();

    private final EmbeddedKafka kafka;
    private final Map<String, String> environment;
    private final KafkaAccess access;
    private final Producer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> member;
    private final Thread taking = new Thread(this::take, "stands-for-producers");
    private final List<ConsoleApp> consoles = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();

    ConsoleUnderTest(Path folder) {
        kafka = EmbeddedKafka.start(folder, 0);
        environment = Map.of("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(), "SYNC_TOPIC_PARTITIONS", "2");
        access = KafkaAccess.of(environment);
        try (Admin admin = access.admin()) {
            new TopicAdmin(admin).createMissing(access.topics().all(), TopicAdmin.BROKER_DEFAULT_REPLICATION);
        }
        Map<String, Object> properties = new HashMap<>(access.clientProperties());
        properties.put(ProducerConfig.PARTITIONER_CLASS_CONFIG, ListingPartitioner.class);
        producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        Map<String, Object> joining = new HashMap<>(access.clientProperties());
        joining.put(ConsumerConfig.GROUP_ID_CONFIG, "listings.producer");
        joining.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        joining.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        member = new KafkaConsumer<>(joining, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        taking.start();
        List.of(MLS, SHEET).forEach(card -> send(access.topics().connections().name(), card.name(), card.bytes()));
    }

    /** A console with these settings beside the broker's. */
    ConsoleApp console(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("SYNC_CONSOLE_PORT", "0");
        all.putAll(settings);
        ConsoleApp app = ConsoleApp.start(all);
        consoles.add(app);
        return app;
    }

    void stop(ConsoleApp app) {
        consoles.remove(app);
        app.close();
    }

    /** A run over {@code mls/property} that has ended, as the processor would have added it up. */
    void ended(String run, long at, long fetched, long refused) {
        FeedName feed = new FeedName("mls", "property");
        RunState state = RunState.first(run, at)
                .plus(new Outcome.RunStarted(List.of(feed), "schedule", at))
                .plus(new Outcome.FeedStarted(feed, fetched, at))
                .plus(new Outcome.Counted(
                        feed,
                        Tally.of(Tally.FETCHED, fetched)
                                .plus(Tally.of(Tally.WRITTEN, fetched - refused))
                                .plus(Tally.of(Tally.refused("bad-value"), refused)),
                        at + 500))
                .plus(new Outcome.FeedFinished(feed, null, at + 1_000));
        send(access.topics().runs().name(), run, state.bytes());
    }

    /** A run that has begun. */
    void began(String run, long at) {
        FeedName feed = new FeedName("mls", "property");
        RunState state = RunState.first(run, at).plus(new Outcome.RunStarted(List.of(feed), "cli", at));
        send(access.topics().runs().name(), run, state.bytes());
    }

    HttpResponse<String> get(ConsoleApp app, String path, String... headers) {
        return send(app, "GET", path, "", headers);
    }

    HttpResponse<String> post(ConsoleApp app, String path, String body, String... headers) {
        return send(app, "POST", path, body, headers);
    }

    HttpResponse<String> send(ConsoleApp app, String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(app.api() + path))
                .timeout(Duration.ofSeconds(30))
                .method(
                        method,
                        method.equals("GET")
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(method + " " + path + " got no answer", e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    static JsonNode json(HttpResponse<String> response) {
        try {
            return Json.MAPPER.readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + response.body(), e);
        }
    }

    @Override
    public void close() {
        consoles.forEach(ConsoleApp::close);
        member.wakeup();
        try {
            taking.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close();
        kafka.close();
    }

    private void send(String topic, String key, byte[] value) {
        producer.send(new ProducerRecord<>(
                topic,
                topic.endsWith("connections") ? ControlKey.of(key) : key.getBytes(StandardCharsets.UTF_8),
                value));
        producer.flush();
    }

    private void take() {
        try (member) {
            member.subscribe(List.of(access.topics().commands().name()));
            while (true) {
                member.poll(Duration.ofMillis(100)).forEach(record -> commands.add(SyncCommand.of(record.value())));
            }
        } catch (WakeupException e) {
            // The way close() ends a poll.
            commands.clear();
        }
    }
}
