package com.listingsync.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.health.Health.CheckResult;
import com.listingsync.common.health.Service;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.topic.Topics;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.embedded.social.SampleSocial;
import com.listingsync.embedded.upstream.Fault;
import com.listingsync.embedded.upstream.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Posts of sold listings, between a real broker, a real PostgreSQL and platforms that speak the real ones' words. */
class UnpublishIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Instant MORNING = ChangesTopic.NOON.minusSeconds(4 * 3600);
    private static final String FACEBOOK = "104523_1";
    private static final String INSTAGRAM = "18000000000000002";
    private static final String LINKEDIN = "urn:li:share:3";

    @TempDir
    static Path folder;

    private static SinkStack stack;

    private Topics topics;
    private ChangesTopic changes;
    private SampleSocial social;
    private Path connections;
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
        stack.emptyTables();
        stack.execute("truncate listing_posts");
        topics = stack.freshTopics();
        changes = new ChangesTopic(stack.bootstrapServers(), topics);
        social = new SampleSocial("127.0.0.1", 0).start();
        connections = connections(SampleSocial.TOKEN);
    }

    @AfterEach
    void stop() {
        if (sink != null) {
            sink.close();
        }
        changes.close();
        social.close();
    }

    @Test
    void takesDownEveryPostOfASoldListing() {
        posted("L1", MORNING);
        posted("L2", "facebook", "104523_9", MORNING);
        start();

        changes.sold("L1");

        eventually(() -> assertThat(statuses("L1")).containsExactly("unpublished", "unpublished", "unpublished"));
        assertThat(social.posts()).containsExactly("104523_9");
        assertThat(stack.column("select count(*) from listing_posts where listing_key = 'L1'"
                        + " and unpublished_at > now() - interval '5 minutes' and failure_reason is null"))
                .containsExactly("3");
        assertThat(statuses("L2")).containsExactly("published");
        eventually(() -> assertThat(lag()).isZero());
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void takesDownThePostsOfASheetRowThatIsLinkedToTheListing() {
        stack.execute(
                "insert into property_listings (property_number, mls_listing_key, row_version) values ('AA1', 'L1', 1)");
        posted("AA1", "facebook", FACEBOOK, MORNING);
        start();

        changes.sold("L1");

        eventually(() -> assertThat(statuses("AA1")).containsExactly("unpublished"));
    }

    @Test
    void takesPostsOfOtherPlatformsDownWhileOneIsAway() {
        posted("L1", MORNING);
        posted("L2", "linkedin", "urn:li:share:4", MORNING);
        social.faults().failNext(3, FACEBOOK, new Fault.Answer(Reply.json(503, "")));
        start();

        changes.sold("L1");
        changes.sold("L2");

        eventually(() -> assertThat(statuses("L2")).containsExactly("unpublished"));
        eventually(() -> assertThat(statuses("L1")).containsExactly("unpublished", "unpublished", "unpublished"));
        assertThat(social.deletions(FACEBOOK)).isEqualTo(1);
    }

    @Test
    void waitsAsLongAsThePlatformAsks() {
        posted("L1", "facebook", FACEBOOK, MORNING);
        String limited =
                "{\"error\":{\"message\":\"(#32) Page request limit reached\",\"type\":\"OAuthException\",\"code\":32,"
                        + "\"fbtrace_id\":\"A\"}}";
        social.faults()
                .failNext(1, FACEBOOK, new Fault.Answer(Reply.json(400, limited).with("Retry-After", "2")));
        start();
        long begun = System.nanoTime();

        changes.sold("L1");

        eventually(() -> assertThat(statuses("L1")).containsExactly("unpublished"));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void countsAPostThatIsGoneAsTakenDown() {
        rowOnly("L1", "facebook", FACEBOOK);
        rowOnly("L1", "instagram", INSTAGRAM);
        rowOnly("L1", "linkedin", LINKEDIN);
        start();

        changes.sold("L1");

        eventually(() -> assertThat(statuses("L1")).containsExactly("unpublished", "unpublished", "unpublished"));
        eventually(() -> assertThat(lag()).isZero());
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void leavesPostsThatWereMadeAfterTheChange() {
        posted("L1", "facebook", FACEBOOK, MORNING);
        posted("L1", "linkedin", LINKEDIN, ChangesTopic.NOON.plusSeconds(1));
        start();

        changes.sold("L1");

        eventually(() -> assertThat(lag()).isZero());
        assertThat(statuses("L1")).containsExactly("unpublished", "published");
        assertThat(social.posts()).containsExactly(LINKEDIN);
    }

    @Test
    void leavesPostsOfListingsThatAreBack() {
        posted("L1", MORNING);
        start();

        changes.change("L1", "pending", "active", ChangesTopic.NOON, ChangesTopic.NOON, "restored");
        changes.change("L1", "expired", "active", ChangesTopic.NOON, ChangesTopic.NOON, "relisted");
        changes.change("L1", "active", "pending", ChangesTopic.NOON, ChangesTopic.NOON, "none");

        eventually(() -> assertThat(lag()).isZero());
        assertThat(statuses("L1")).containsOnly("published");
    }

    @Test
    void leavesPostsOfARelistedListingWhenItsOldChangeIsReplayed() {
        posted("L1", MORNING);
        history("L1", "closed", "unpublish", ChangesTopic.NOON.plusSeconds(60), 1);
        history("L1", "active", "relisted", ChangesTopic.NOON.plusSeconds(3600), 2);
        start();

        changes.sold("L1");

        eventually(() -> assertThat(lag()).isZero());
        assertThat(statuses("L1")).containsOnly("published");
        assertThat(social.posts()).hasSize(3);
    }

    @Test
    void takesPostsDownWhenTheListingOnlyMovedOnWithinOffTheMarket() {
        posted("L1", "facebook", FACEBOOK, MORNING);
        history("L1", "closed", "unpublish", ChangesTopic.NOON.plusSeconds(60), 1);
        history("L1", "deleted", "unpublish", ChangesTopic.NOON.plusSeconds(3600), 2);
        start();

        changes.sold("L1");

        eventually(() -> assertThat(statuses("L1")).containsExactly("unpublished"));
    }

    @Test
    void deadLettersTheChangeByteForByteWhenAPlatformRefuses() throws IOException {
        String token = "expired-and-not-to-be-seen";
        connections = connections(token);
        posted("L1", "facebook", FACEBOOK, MORNING);
        posted("L1", "linkedin", LINKEDIN, MORNING);
        start();

        String sold = changes.sold("L1");

        eventually(() -> assertThat(deadLetters()).hasSize(2));
        assertThat(statuses("L1")).containsExactly("unpublish_failed", "unpublish_failed");
        assertThat(stack.column("select failure_reason from listing_posts"))
                .allSatisfy(reason ->
                        assertThat(reason).contains("token is not accepted").doesNotContain(token));
        assertThat(deadLetters()).allSatisfy(dead -> {
            assertThat(new String(dead.value(), StandardCharsets.UTF_8)).isEqualTo(sold);
            assertThat(new String(dead.key(), StandardCharsets.UTF_8)).isEqualTo("L1");
            assertThat(header(dead, DeadLetter.CONNECT_TOPIC))
                    .isEqualTo(topics.statusChanges().name());
            for (Header header : dead.headers()) {
                assertThat(new String(header.value(), StandardCharsets.UTF_8)).doesNotContain(token);
            }
        });
        assertThat(byPlatform(DeadLetter.POST)).isEqualTo(Map.of("facebook", FACEBOOK, "linkedin", LINKEDIN));
        assertThat(byPlatform(DeadLetter.CODE)).isEqualTo(Map.of("facebook", "190", "linkedin", "65600"));
        assertThat(byPlatform(DeadLetter.HTTP_STATUS)).isEqualTo(Map.of("facebook", "400", "linkedin", "401"));
        assertThat(problems())
                .anySatisfy(problem -> assertThat(problem)
                        .contains("smith/facebook", "put a valid one into connections.yaml")
                        .doesNotContain(token));
    }

    @Test
    void deadLettersWhatNobodyHasAnAccountFor() {
        stack.execute("insert into listing_posts (listing_key, platform, external_id, owner, published_at) values"
                + " ('L1', 'facebook', '1_1', 'jones', '" + MORNING + "'), ('L1', 'myspace', '2', null, '" + MORNING
                + "')");
        start();

        changes.sold("L1");

        eventually(() -> assertThat(byPlatform(DeadLetter.CODE))
                .isEqualTo(Map.of("facebook", "no-account", "myspace", "unknown-platform")));
        assertThat(statuses("L1")).containsExactly("unpublish_failed", "unpublish_failed");
    }

    @Test
    void deadLettersAfterTryingForTheTimeThatIsSet() {
        posted("L1", "facebook", FACEBOOK, MORNING);
        social.faults().failNext(1_000, FACEBOOK, new Fault.Answer(Reply.json(503, "")));
        start(Map.of("SYNC_UNPUBLISH_GIVE_UP", "500ms"));

        changes.sold("L1");

        eventually(() -> assertThat(byPlatform(DeadLetter.CODE)).isEqualTo(Map.of("facebook", "503")));
        assertThat(Integer.parseInt(byPlatform(DeadLetter.ATTEMPTS).get("facebook")))
                .isGreaterThan(1);
        assertThat(statuses("L1")).containsExactly("unpublish_failed");
        assertThat(social.posts()).containsExactly(FACEBOOK);
    }

    @Test
    void deadLettersAChangeThatCannotBeRead() {
        start();

        changes.raw("L1", "[not a change]");

        eventually(() -> assertThat(deadLetters())
                .hasSize(1)
                .allSatisfy(dead -> assertThat(header(dead, DeadLetter.CODE)).isEqualTo("unreadable")));
    }

    @Test
    void triesAFailedPostAgainWhenItsChangeIsReplayed() throws IOException {
        posted("L1", "facebook", FACEBOOK, MORNING);
        connections = connections("wrong");
        start();
        String sold = changes.sold("L1");
        eventually(() -> assertThat(deadLetters()).hasSize(1));
        sink.close();
        connections = connections(SampleSocial.TOKEN);
        start();

        changes.raw("L1", sold);

        eventually(() -> assertThat(statuses("L1")).containsExactly("unpublished"));
        assertThat(stack.column("select failure_reason from listing_posts")).containsOnlyNulls();
    }

    @Test
    void findsAPostGoneWhenItWasStoppedBeforeItCouldNoteIt() {
        posted("L1", "facebook", FACEBOOK, MORNING);
        social.faults().failNext(1, FACEBOOK, new Fault.Slow(Duration.ofSeconds(2)));
        start();
        changes.sold("L1");
        eventually(() -> assertThat(social.faults().pending()).isZero());
        stack.stopRest();
        eventually(() -> assertThat(social.posts()).isEmpty());
        sink.close();
        stack.startRest(SinkStack.SECRET);
        assertThat(statuses("L1")).containsExactly("published");

        start();

        eventually(() -> assertThat(statuses("L1")).containsExactly("unpublished"));
        assertThat(social.deletions(FACEBOOK)).isEqualTo(2);
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void startsNothingWhenNoOwnerHasAnAccount() throws IOException {
        connections = Files.writeString(folder.resolve("none.yaml"), "connections:\n  - name: board\n");
        posted("L1", MORNING);
        changes.sold("L1");

        start();

        eventually(() -> assertThat(sink.health().isReady()).isTrue());
        assertThat(sink.health().ready()).extracting(CheckResult::name).doesNotContain("posts");
        assertThat(statuses("L1")).containsOnly("published");
    }

    private Path connections(String token) throws IOException {
        return Files.writeString(folder.resolve("connections.yaml"), """
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

    private void start() {
        start(Map.of());
    }

    private void start(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(stack.environment(topics));
        environment.put("SYNC_CONNECTIONS", connections.toString());
        environment.put("SYNC_UNPUBLISH_RETRY_DELAY", "20ms");
        environment.put("SYNC_UNPUBLISH_RATE", "100");
        environment.put("SYNC_UNPUBLISH_BREAKER_TIMEOUT", "100ms");
        environment.putAll(more);
        sink = SinkApp.start(environment);
    }

    /** One post at each platform. */
    private void posted(String listing, Instant at) {
        posted(listing, "facebook", FACEBOOK, at);
        posted(listing, "instagram", INSTAGRAM, at);
        posted(listing, "linkedin", LINKEDIN, at);
    }

    private void posted(String listing, String platform, String id, Instant at) {
        row(listing, platform, id, at);
        social.publish(Set.of(id));
    }

    private void rowOnly(String listing, String platform, String id) {
        row(listing, platform, id, MORNING);
    }

    private static void row(String listing, String platform, String id, Instant at) {
        stack.execute("insert into listing_posts (listing_key, platform, external_id, published_at) values ('" + listing
                + "', '" + platform + "', '" + id + "', '" + at + "')");
    }

    private static void history(String listing, String to, String action, Instant seenAt, int version) {
        stack.execute(
                "insert into listing_status_history (id, listing_key, to_status, action, seen_at, row_version) values ('"
                        + listing + "-" + version + "', '" + listing + "', '" + to + "', '" + action + "', '" + seenAt
                        + "', "
                        + version + ")");
    }

    private static List<String> statuses(String listing) {
        return stack.column("select status from listing_posts where listing_key = '" + listing + "' order by platform");
    }

    private long lag() {
        return stack.lag(
                topics.prefix() + "-sink-unpublish", topics.statusChanges().name());
    }

    private List<ConsumerRecord<byte[], byte[]>> deadLetters() {
        return CommittedTopic.read(
                stack.bootstrapServers(), topics.deadLetters(Stage.SINK).name());
    }

    private Map<String, String> byPlatform(String header) {
        return deadLetters().stream()
                .collect(Collectors.toMap(dead -> header(dead, DeadLetter.PLATFORM), dead -> header(dead, header)));
    }

    private List<String> problems() {
        return sink.health().ready().stream()
                .flatMap(check -> check.problem().stream())
                .toList();
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return RecordHeaders.text(record.headers(), name).orElse("");
    }

    private static void eventually(ThrowingRunnable assertions) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).untilAsserted(assertions);
    }
}
