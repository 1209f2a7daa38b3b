package com.listingsync.sink;

import static org.awaitility.Awaitility.await;

import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.health.Health;
import com.listingsync.common.health.Service;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.topic.Topics;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.embedded.social.SampleSocial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/** One test's listings, posts, platforms and sink on a {@link SinkStack}. */
final class PostsTrial implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    static final Instant MORNING = ChangesTopic.NOON.minusSeconds(4 * 3600);
    static final String FACEBOOK = "104523_1";
    static final String INSTAGRAM = "18000000000000002";
    static final String LINKEDIN = "urn:li:share:3";

    private final SinkStack stack;
    private final Path folder;
    private final Topics topics;
    private final ChangesTopic changes;
    private final SampleSocial social;
    private Path connections;
    private @Nullable Service sink;

    PostsTrial(SinkStack stack, Path folder) throws IOException {
        this.stack = stack;
        this.folder = folder;
        stack.emptyTables();
        stack.execute("truncate listing_posts");
        this.topics = stack.freshTopics();
        this.changes = new ChangesTopic(stack.bootstrapServers(), topics);
        this.social = new SampleSocial("127.0.0.1", 0).start();
        this.connections = folder.resolve("connections.yaml");
        accounts(SampleSocial.TOKEN);
    }

    Topics topics() {
        return topics;
    }

    ChangesTopic changes() {
        return changes;
    }

    SampleSocial social() {
        return social;
    }

    Health health() {
        return Objects.requireNonNull(sink, "not started").health();
    }

    void stop() {
        if (sink != null) {
            sink.close();
        }
    }

    @Override
    public void close() {
        stop();
        changes.close();
        social.close();
    }

    /** Gives nobody an account from the next start on. */
    void noAccounts() throws IOException {
        connections = Files.writeString(folder.resolve("none.yaml"), "connections:\n  - name: board\n");
    }

    /** Gives the owner accounts with this token from the next start on. */
    void accounts(String token) throws IOException {
        connections = Files.writeString(folder.resolve("connections.yaml"), """
                connections:
                  - name: board
                    owner: smith
                    auth: {token: "${NOT_SET_HERE}"}
                owners:
                  - name: smith
                    facebook: {url: "%1$s", token: "%2$s"}
                    instagram: {url: "%1$s", token: "%2$s"}
                    linkedin: {url: "%1$s", token: "%2$s"}
                """.formatted(social.uri(), token));
    }

    void start() {
        start(Map.of());
    }

    void start(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(stack.environment(topics));
        environment.put("SYNC_CONNECTIONS", connections.toString());
        environment.put("SYNC_UNPUBLISH_RETRY_DELAY", "20ms");
        environment.put("SYNC_UNPUBLISH_RATE", "100");
        environment.put("SYNC_UNPUBLISH_BREAKER_TIMEOUT", "100ms");
        environment.putAll(more);
        sink = SinkApp.start(environment);
    }

    /** One post at each platform. */
    void posted(String listing, Instant at) {
        posted(listing, "facebook", FACEBOOK, at);
        posted(listing, "instagram", INSTAGRAM, at);
        posted(listing, "linkedin", LINKEDIN, at);
    }

    void posted(String listing, String platform, String id, Instant at) {
        row(listing, platform, id, at);
        social.publish(Set.of(id));
    }

    void rowOnly(String listing, String platform, String id) {
        row(listing, platform, id, MORNING);
    }

    private void row(String listing, String platform, String id, Instant at) {
        stack.execute("insert into listing_posts (listing_key, platform, external_id, published_at) values ('" + listing
                + "', '" + platform + "', '" + id + "', '" + at + "')");
    }

    void history(String listing, String to, String action, Instant seenAt, int version) {
        stack.execute(
                "insert into listing_status_history (id, listing_key, to_status, action, seen_at, row_version) values ('"
                        + listing + "-" + version + "', '" + listing + "', '" + to + "', '" + action + "', '" + seenAt
                        + "', "
                        + version + ")");
    }

    List<String> statuses(String listing) {
        return stack.column("select status from listing_posts where listing_key = '" + listing + "' order by platform");
    }

    long lag() {
        return stack.lag(
                topics.prefix() + "-sink-unpublish", topics.statusChanges().name());
    }

    List<ConsumerRecord<byte[], byte[]>> deadLetters() {
        return stack.committed().on(topics.deadLetters(Stage.SINK));
    }

    Map<String, String> byPlatform(String header) {
        return deadLetters().stream()
                .collect(Collectors.toMap(dead -> header(dead, DeadLetter.PLATFORM), dead -> header(dead, header)));
    }

    List<String> problems() {
        return health().ready().stream()
                .flatMap(check -> check.problem().stream())
                .toList();
    }

    static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return RecordHeaders.text(record.headers(), name).orElse("");
    }

    static void eventually(ThrowingRunnable assertions) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).untilAsserted(assertions);
    }
}
