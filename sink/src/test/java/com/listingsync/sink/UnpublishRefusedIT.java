package com.listingsync.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.embedded.social.SampleSocial;
import com.listingsync.embedded.upstream.Fault;
import com.listingsync.embedded.upstream.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Posts that can't be taken down, and those that are tried again. */
class UnpublishRefusedIT {

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
    void deadLettersTheChangeByteForByteWhenAPlatformRefuses() throws IOException {
        String token = "expired-and-not-to-be-seen";
        trial.accounts(token);
        trial.posted("L1", "facebook", PostsTrial.FACEBOOK, PostsTrial.MORNING);
        trial.posted("L1", "linkedin", PostsTrial.LINKEDIN, PostsTrial.MORNING);
        trial.start();

        String sold = trial.changes().sold("L1");

        PostsTrial.eventually(() -> assertThat(trial.deadLetters()).hasSize(2));
        assertThat(trial.statuses("L1")).containsExactly("unpublish_failed", "unpublish_failed");
        assertThat(stack.column("select failure_reason from listing_posts"))
                .allSatisfy(reason ->
                        assertThat(reason).contains("token is not accepted").doesNotContain(token));
        assertThat(trial.deadLetters()).allSatisfy(dead -> {
            assertThat(new String(dead.value(), StandardCharsets.UTF_8)).isEqualTo(sold);
            assertThat(new String(dead.key(), StandardCharsets.UTF_8)).isEqualTo("L1");
            assertThat(PostsTrial.header(dead, DeadLetter.CONNECT_TOPIC))
                    .isEqualTo(trial.topics().statusChanges().name());
            for (Header header : dead.headers()) {
                assertThat(new String(header.value(), StandardCharsets.UTF_8)).doesNotContain(token);
            }
        });
        assertThat(trial.byPlatform(DeadLetter.POST))
                .isEqualTo(Map.of("facebook", PostsTrial.FACEBOOK, "linkedin", PostsTrial.LINKEDIN));
        assertThat(trial.byPlatform(DeadLetter.CODE)).isEqualTo(Map.of("facebook", "190", "linkedin", "65600"));
        assertThat(trial.byPlatform(DeadLetter.HTTP_STATUS)).isEqualTo(Map.of("facebook", "400", "linkedin", "401"));
        assertThat(trial.problems())
                .anySatisfy(problem -> assertThat(problem)
                        .contains("smith/facebook", "put a valid one into connections.yaml")
                        .doesNotContain(token));
    }

    @Test
    void deadLettersWhatNobodyHasAnAccountFor() {
        stack.execute("insert into listing_posts (listing_key, platform, external_id, owner, published_at) values"
                + " ('L1', 'facebook', '1_1', 'jones', '" + PostsTrial.MORNING + "'), ('L1', 'myspace', '2', null, '"
                + PostsTrial.MORNING
                + "')");
        trial.start();

        trial.changes().sold("L1");

        PostsTrial.eventually(() -> assertThat(trial.byPlatform(DeadLetter.CODE))
                .isEqualTo(Map.of("facebook", "no-account", "myspace", "unknown-platform")));
        assertThat(trial.statuses("L1")).containsExactly("unpublish_failed", "unpublish_failed");
    }

    @Test
    void deadLettersAfterTryingForTheTimeThatIsSet() {
        trial.posted("L1", "facebook", PostsTrial.FACEBOOK, PostsTrial.MORNING);
        trial.social().faults().failNext(1_000, PostsTrial.FACEBOOK, new Fault.Answer(Reply.json(503, "")));
        trial.start(Map.of("SYNC_UNPUBLISH_GIVE_UP", "500ms"));

        trial.changes().sold("L1");

        PostsTrial.eventually(
                () -> assertThat(trial.byPlatform(DeadLetter.CODE)).isEqualTo(Map.of("facebook", "503")));
        assertThat(Integer.parseInt(trial.byPlatform(DeadLetter.ATTEMPTS).get("facebook")))
                .isGreaterThan(1);
        assertThat(trial.statuses("L1")).containsExactly("unpublish_failed");
        assertThat(trial.social().posts()).containsExactly(PostsTrial.FACEBOOK);
    }

    @Test
    void deadLettersAChangeThatCannotBeRead() {
        trial.start();

        trial.changes().raw("L1", "[not a change]");

        PostsTrial.eventually(() -> assertThat(trial.deadLetters())
                .hasSize(1)
                .allSatisfy(dead ->
                        assertThat(PostsTrial.header(dead, DeadLetter.CODE)).isEqualTo("unreadable")));
    }

    @Test
    void triesAFailedPostAgainWhenItsChangeIsReplayed() throws IOException {
        trial.posted("L1", "facebook", PostsTrial.FACEBOOK, PostsTrial.MORNING);
        trial.accounts("wrong");
        trial.start();
        String sold = trial.changes().sold("L1");
        PostsTrial.eventually(() -> assertThat(trial.deadLetters()).hasSize(1));
        trial.stop();
        trial.accounts(SampleSocial.TOKEN);
        trial.start();

        trial.changes().raw("L1", sold);

        PostsTrial.eventually(() -> assertThat(trial.statuses("L1")).containsExactly("unpublished"));
        assertThat(stack.column("select failure_reason from listing_posts")).containsOnlyNulls();
    }

    @Test
    void findsAPostGoneWhenItWasStoppedBeforeItCouldNoteIt() {
        trial.posted("L1", "facebook", PostsTrial.FACEBOOK, PostsTrial.MORNING);
        trial.social().faults().failNext(1, PostsTrial.FACEBOOK, new Fault.Slow(Duration.ofSeconds(2)));
        trial.start();
        trial.changes().sold("L1");
        PostsTrial.eventually(
                () -> assertThat(trial.social().faults().pending()).isZero());
        stack.stopRest();
        PostsTrial.eventually(() -> assertThat(trial.social().posts()).isEmpty());
        trial.stop();
        stack.startRest(SinkStack.SECRET);
        assertThat(trial.statuses("L1")).containsExactly("published");

        trial.start();

        PostsTrial.eventually(() -> assertThat(trial.statuses("L1")).containsExactly("unpublished"));
        assertThat(trial.social().deletions(PostsTrial.FACEBOOK)).isEqualTo(2);
        assertThat(trial.deadLetters()).isEmpty();
    }
}
