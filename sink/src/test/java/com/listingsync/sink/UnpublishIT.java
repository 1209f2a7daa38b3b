package com.listingsync.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.health.Health.CheckResult;
import com.listingsync.embedded.upstream.Fault;
import com.listingsync.embedded.upstream.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Posts of sold listings, between a real broker, a real PostgreSQL and platforms that speak the real ones' words. */
class UnpublishIT {

    @TempDir
    static Path folder;

    private static SinkStack stack;

    private PostsTrial trial;

    @BeforeAll
    static void startStack() throws IOException {
        stack = SinkStack.start(folder);
    }

    @AfterAll
    static void stopStack() {
        stack.close();
    }

    @BeforeEach
    void begin() throws IOException {
        trial = new PostsTrial(stack, folder);
    }

    @AfterEach
    void end() {
        trial.close();
    }

    @Test
    void takesDownEveryPostOfASoldListing() {
        trial.posted("L1", PostsTrial.MORNING);
        trial.posted("L2", "facebook", "104523_9", PostsTrial.MORNING);
        trial.start();

        trial.changes().sold("L1");

        PostsTrial.eventually(
                () -> assertThat(trial.statuses("L1")).containsExactly("unpublished", "unpublished", "unpublished"));
        assertThat(trial.social().posts()).containsExactly("104523_9");
        assertThat(stack.column("select count(*) from listing_posts where listing_key = 'L1'"
                        + " and unpublished_at > now() - interval '5 minutes' and failure_reason is null"))
                .containsExactly("3");
        assertThat(trial.statuses("L2")).containsExactly("published");
        PostsTrial.eventually(() -> assertThat(trial.lag()).isZero());
        assertThat(trial.deadLetters()).isEmpty();
    }

    @Test
    void takesDownThePostsOfASheetRowThatIsLinkedToTheListing() {
        stack.execute(
                "insert into property_listings (property_number, mls_listing_key, row_version) values ('AA1', 'L1', 1)");
        trial.posted("AA1", "facebook", PostsTrial.FACEBOOK, PostsTrial.MORNING);
        trial.start();

        trial.changes().sold("L1");

        PostsTrial.eventually(() -> assertThat(trial.statuses("AA1")).containsExactly("unpublished"));
    }

    @Test
    void takesPostsOfOtherPlatformsDownWhileOneIsAway() {
        trial.posted("L1", PostsTrial.MORNING);
        trial.posted("L2", "linkedin", "urn:li:share:4", PostsTrial.MORNING);
        trial.social().faults().failNext(3, PostsTrial.FACEBOOK, new Fault.Answer(Reply.json(503, "")));
        trial.start();

        trial.changes().sold("L1");
        trial.changes().sold("L2");

        PostsTrial.eventually(() -> assertThat(trial.statuses("L2")).containsExactly("unpublished"));
        PostsTrial.eventually(
                () -> assertThat(trial.statuses("L1")).containsExactly("unpublished", "unpublished", "unpublished"));
        assertThat(trial.social().deletions(PostsTrial.FACEBOOK)).isEqualTo(1);
    }

    @Test
    void waitsAsLongAsThePlatformAsks() {
        trial.posted("L1", "facebook", PostsTrial.FACEBOOK, PostsTrial.MORNING);
        String limited =
                "{\"error\":{\"message\":\"(#32) Page request limit reached\",\"type\":\"OAuthException\",\"code\":32,"
                        + "\"fbtrace_id\":\"A\"}}";
        trial.social()
                .faults()
                .failNext(
                        1,
                        PostsTrial.FACEBOOK,
                        new Fault.Answer(Reply.json(400, limited).with("Retry-After", "2")));
        trial.start();
        long begun = System.nanoTime();

        trial.changes().sold("L1");

        PostsTrial.eventually(() -> assertThat(trial.statuses("L1")).containsExactly("unpublished"));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void countsAPostThatIsGoneAsTakenDown() {
        trial.rowOnly("L1", "facebook", PostsTrial.FACEBOOK);
        trial.rowOnly("L1", "instagram", PostsTrial.INSTAGRAM);
        trial.rowOnly("L1", "linkedin", PostsTrial.LINKEDIN);
        trial.start();

        trial.changes().sold("L1");

        PostsTrial.eventually(
                () -> assertThat(trial.statuses("L1")).containsExactly("unpublished", "unpublished", "unpublished"));
        PostsTrial.eventually(() -> assertThat(trial.lag()).isZero());
        assertThat(trial.deadLetters()).isEmpty();
    }

    @Test
    void leavesPostsThatWereMadeAfterTheChange() {
        trial.posted("L1", "facebook", PostsTrial.FACEBOOK, PostsTrial.MORNING);
        trial.posted("L1", "linkedin", PostsTrial.LINKEDIN, ChangesTopic.NOON.plusSeconds(1));
        trial.start();

        trial.changes().sold("L1");

        PostsTrial.eventually(() -> assertThat(trial.lag()).isZero());
        assertThat(trial.statuses("L1")).containsExactly("unpublished", "published");
        assertThat(trial.social().posts()).containsExactly(PostsTrial.LINKEDIN);
    }

    @Test
    void leavesPostsOfListingsThatAreBack() {
        trial.posted("L1", PostsTrial.MORNING);
        trial.start();

        trial.changes().change("L1", "pending", "active", ChangesTopic.NOON, ChangesTopic.NOON, "restored");
        trial.changes().change("L1", "expired", "active", ChangesTopic.NOON, ChangesTopic.NOON, "relisted");
        trial.changes().change("L1", "active", "pending", ChangesTopic.NOON, ChangesTopic.NOON, "none");

        PostsTrial.eventually(() -> assertThat(trial.lag()).isZero());
        assertThat(trial.statuses("L1")).containsOnly("published");
    }

    @Test
    void leavesPostsOfARelistedListingWhenItsOldChangeIsReplayed() {
        trial.posted("L1", PostsTrial.MORNING);
        trial.history("L1", "closed", "unpublish", ChangesTopic.NOON.plusSeconds(60), 1);
        trial.history("L1", "active", "relisted", ChangesTopic.NOON.plusSeconds(3600), 2);
        trial.start();

        trial.changes().sold("L1");

        PostsTrial.eventually(() -> assertThat(trial.lag()).isZero());
        assertThat(trial.statuses("L1")).containsOnly("published");
        assertThat(trial.social().posts()).hasSize(3);
    }

    @Test
    void takesPostsDownWhenTheListingOnlyMovedOnWithinOffTheMarket() {
        trial.posted("L1", "facebook", PostsTrial.FACEBOOK, PostsTrial.MORNING);
        trial.history("L1", "closed", "unpublish", ChangesTopic.NOON.plusSeconds(60), 1);
        trial.history("L1", "deleted", "unpublish", ChangesTopic.NOON.plusSeconds(3600), 2);
        trial.start();

        trial.changes().sold("L1");

        PostsTrial.eventually(() -> assertThat(trial.statuses("L1")).containsExactly("unpublished"));
    }

    @Test
    void startsNothingWhenNoOwnerHasAnAccount() throws IOException {
        trial.noAccounts();
        trial.posted("L1", PostsTrial.MORNING);
        trial.changes().sold("L1");

        trial.start();

        PostsTrial.eventually(() -> assertThat(trial.health().isReady()).isTrue());
        assertThat(trial.health().ready()).extracting(CheckResult::name).doesNotContain("posts");
        assertThat(trial.statuses("L1")).containsOnly("published");
    }
}
