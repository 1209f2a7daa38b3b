package com.listingsync.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.icegreen.greenmail.util.ServerSetupTest;
import com.listingsync.common.health.Service;
import com.listingsync.common.run.FeedName;
import com.listingsync.common.run.Outcome;
import com.listingsync.common.run.RunState;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.common.topic.Topics;
import com.listingsync.common.wire.Json;
import com.listingsync.embedded.upstream.Request;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People who are told of things, by a real HTTP server and a real mail server. */
class NotifyIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final byte[] KEY = "01234567890123456789012345678901".getBytes(StandardCharsets.UTF_8);
    private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(KEY);
    private static final long BEGAN = ChangesTopic.NOON.toEpochMilli();

    @TempDir
    static Path folder;

    private static SinkStack stack;

    private ReceivingServer webhook;
    private Topics topics;
    private ChangesTopic changes;
    private Service sink;

    @BeforeAll
    static void startStack() throws IOException {
        stack = SinkStack.start(folder);
    }

    @AfterAll
    static void stopStack() {
        stack.close();
    }

    @BeforeEach
    void freshTopics() throws IOException {
        topics = stack.freshTopics();
        changes = new ChangesTopic(stack.bootstrapServers(), topics);
        webhook = new ReceivingServer();
    }

    @AfterEach
    void stop() {
        if (sink != null) {
            sink.close();
        }
        changes.close();
        webhook.close();
    }

    @Test
    void tellsTheOwnerOfASoldListingWithASignatureThatHolds() throws Exception {
        start(owner("webhook: {url: \"%s\", secret: \"%s\"}".formatted(webhook.uri(), SECRET)));

        changes.sold("L1");

        Request request = taken();
        byte[] body = request.body();
        assertThat(header(request, "webhook-signature"))
                .isEqualTo("v1," + hmac(header(request, "webhook-id"), header(request, "webhook-timestamp"), body));
        assertThat(Instant.ofEpochSecond(Long.parseLong(header(request, "webhook-timestamp"))))
                .isBetween(Instant.now().minusSeconds(300), Instant.now().plusSeconds(5));
        JsonNode told = Json.MAPPER.readTree(body);
        assertThat(told.path("type").asText()).isEqualTo("listing.status_changed");
        assertThat(told.path("timestamp").asText()).isEqualTo(ChangesTopic.NOON.toString());
        assertThat(told.path("data").path("listing").asText()).isEqualTo("L1");
        assertThat(told.path("data").path("to").asText()).isEqualTo("closed");
        assertThat(told.path("data").path("owner").asText()).isEqualTo("smith");
    }

    @Test
    void tellsOnlyOfStatusesThatWereAskedFor() throws Exception {
        start(owner(
                "statuses: [expired]\n      webhook: {url: \"%s\", secret: \"%s\"}".formatted(webhook.uri(), SECRET)));

        changes.sold("L1");
        changes.change("L1", "active", "expired", ChangesTopic.NOON, ChangesTopic.NOON, "unpublish");

        assertThat(Json.MAPPER.readTree(taken().body()).path("data").path("to").asText())
                .isEqualTo("expired");
    }

    @Test
    void repeatsWithTheSameIdUntilTheWebhookHasIt() throws Exception {
        webhook.answerNext(1, 500);
        webhook.answerNext(1, 404);
        start(owner("webhook: {url: \"%s\", secret: \"%s\"}".formatted(webhook.uri(), SECRET)));

        changes.sold("L1");

        String first = header(taken(), "webhook-id");
        assertThat(header(taken(), "webhook-id")).isEqualTo(first);
        assertThat(header(taken(), "webhook-id")).isEqualTo(first);
        eventually(() -> assertThat(scraped())
                .contains("listings_sink_notices_total{channel=\"webhook\",outcome=\"delivered\"} 1.0"));
    }

    @Test
    void holdsUpNothingWhenAWebhookNeverAnswersWell() throws Exception {
        webhook.answerNext(100, 500);
        start(
                owner("webhook: {url: \"%s\", secret: \"%s\"}".formatted(webhook.uri(), SECRET)),
                Map.of("SYNC_NOTIFY_GIVE_UP", "300ms"));

        changes.sold("L1");

        eventually(() -> assertThat(scraped())
                .contains("listings_sink_notices_total{channel=\"webhook\",outcome=\"failed\"} 1.0"));
        eventually(() -> assertThat(stack.lag(
                        topics.prefix() + "-sink-notify", topics.statusChanges().name()))
                .isZero());
    }

    @Test
    void tellsNobodyOfWhatWasBeforeAndEverybodyOfWhatCameMeanwhile() throws Exception {
        changes.sold("before");
        Path owner = owner("webhook: {url: \"%s\", secret: \"%s\"}".formatted(webhook.uri(), SECRET));
        start(owner);
        changes.sold("L1");
        assertThat(Json.MAPPER
                        .readTree(taken().body())
                        .path("data")
                        .path("listing")
                        .asText())
                .isEqualTo("L1");
        sink.close();

        changes.sold("meanwhile");
        start(owner);

        assertThat(Json.MAPPER
                        .readTree(taken().body())
                        .path("data")
                        .path("listing")
                        .asText())
                .isEqualTo("meanwhile");
    }

    @Test
    void tellsTheDeploymentOfAFailedRunOnce() throws Exception {
        start(
                nobody(),
                Map.of("SYNC_NOTIFY_WEBHOOK_URL", webhook.uri().toString(), "SYNC_NOTIFY_WEBHOOK_SECRET", SECRET));
        RunState failed = failedRun("run-1");

        run(failed.plus(new Outcome.FeedStarted(new FeedName("board", "media"), null, BEGAN)));
        run(failed);
        run(failed);
        run(failedRun("run-2"));

        JsonNode told = Json.MAPPER.readTree(taken().body());
        assertThat(told.path("type").asText()).isEqualTo("run.failed");
        assertThat(told.path("data").path("run").asText()).isEqualTo("run-1");
        assertThat(told.path("data").path("feeds").get(0).path("feed").asText()).isEqualTo("board/property");
        assertThat(told.path("data").path("feeds").get(0).path("problem").asText())
                .isEqualTo("401 from the MLS");
        assertThat(Json.MAPPER.readTree(taken().body()).path("data").path("run").asText())
                .isEqualTo("run-2");
    }

    @Test
    void sendsMailWithLoginAndOneMessageToEachMailbox() throws Exception {
        GreenMail mail = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
        mail.setUser("sync", "sync", "the-password");
        mail.start();
        try {
            start(owner("email: [agent@example.com, office@example.com]"), smtp(mail, "none"));

            changes.sold("L1");

            eventually(() -> assertThat(mail.getReceivedMessages()).hasSize(2));
            MimeMessage message = mail.getReceivedMessages()[0];
            assertThat(message.getSubject()).isEqualTo("Listing L1 is closed");
            assertThat(message.getContent().toString()).contains("before: active", "connection board");
            assertThat(message.getFrom()[0]).hasToString("sync@example.com");
            assertThat(message.getMessageID()).startsWith("<msg_").endsWith("@listing-sync>");
            assertThat(List.of(mail.getReceivedMessages()))
                    .extracting(each -> each.getAllRecipients()[0].toString())
                    .containsExactlyInAnyOrder("agent@example.com", "office@example.com");
        } finally {
            mail.stop();
        }
    }

    @Test
    void sendsNoMailToAServerThatDoesNotOfferTheProtectionAskedFor() throws Exception {
        GreenMail mail = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
        mail.start();
        try {
            start(owner("email: agent@example.com"), smtp(mail, "starttls"));

            changes.sold("L1");

            eventually(() -> assertThat(sink.health().ready())
                    .anySatisfy(check -> assertThat(check.problem())
                            .hasValueSatisfying(words -> assertThat(words).contains("mail server can't be used"))));
            assertThat(mail.getReceivedMessages()).isEmpty();
        } finally {
            mail.stop();
        }
    }

    @Test
    void refusesToStartWhenMailIsWantedWithoutAMailServer() throws IOException {
        Path owner = owner("email: agent@example.com");

        assertThatThrownBy(() -> start(owner))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("SYNC_SMTP_HOST is not set");
    }

    private static Path owner(String notify) throws IOException {
        return Files.writeString(folder.resolve("owners.yaml"), """
                connections:
                  - {name: board, owner: smith}
                owners:
                  - name: smith
                    notify:
                      %s
                """.formatted(notify));
    }

    private static Path nobody() throws IOException {
        return Files.writeString(folder.resolve("none.yaml"), "connections:\n  - name: board\n");
    }

    private static Map<String, String> smtp(GreenMail mail, String security) {
        ServerSetup setup = mail.getSmtp().getServerSetup();
        return Map.of(
                "SYNC_SMTP_HOST",
                setup.getBindAddress(),
                "SYNC_SMTP_PORT",
                Integer.toString(mail.getSmtp().getPort()),
                "SYNC_SMTP_SECURITY",
                security,
                "SYNC_SMTP_USER",
                "sync",
                "SYNC_SMTP_PASSWORD",
                "the-password",
                "SYNC_SMTP_FROM",
                "sync@example.com");
    }

    private void start(Path connections) {
        start(connections, Map.of());
    }

    /** Starts a sink and returns when it is told of what comes next. */
    private void start(Path connections, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(stack.environment(topics));
        environment.put("SYNC_CONNECTIONS", connections.toString());
        environment.put("SYNC_NOTIFY_RETRY_DELAY", "20ms");
        environment.putAll(more);
        sink = SinkApp.start(environment);
        eventually(() -> assertThat(List.of(
                        stack.placesOf(topics.prefix() + "-sink-notify"),
                        stack.placesOf(topics.prefix() + "-sink-notify-runs")))
                .containsOnly(SinkStack.PARTITIONS));
    }

    private static RunState failedRun(String run) {
        FeedName feed = new FeedName("board", "property");
        return RunState.first(run, BEGAN)
                .plus(new Outcome.RunStarted(List.of(feed), "schedule", BEGAN))
                .plus(new Outcome.FeedStarted(feed, null, BEGAN))
                .plus(new Outcome.FeedFinished(feed, "401 from the MLS", BEGAN + 5_000));
    }

    private void run(RunState state) {
        byte[] key = state.run().getBytes(StandardCharsets.UTF_8);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", stack.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topics.runs().name(), 0, key, state.bytes()));
        }
    }

    private Request taken() throws InterruptedException {
        return webhook.next(PATIENCE);
    }

    private static String header(Request request, String name) {
        return request.header(name).orElse("");
    }

    private String scraped() throws IOException {
        try (var in = sink.endpoint().resolve("/metrics").toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** As the documentation says a receiver does it. */
    private static String hmac(String id, String timestamp, byte[] body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
        mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(mac.doFinal(body));
    }

    private static void eventually(ThrowingRunnable assertions) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).untilAsserted(assertions);
    }
}
