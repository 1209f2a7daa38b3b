package com.listingsync.sink.owner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.listingsync.common.setting.Secret;
import com.listingsync.common.setting.SettingsException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OwnersFileTest {

    private static final String SECRET = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    @Test
    void readsAnOwnerWithEverything() {
        Owners owners = OwnersFile.parse("""
                connections:
                  - {name: board, owner: smith, auth: {token: "${NOT_SET}"}}
                  - {name: nobodys}
                owners:
                  - name: smith
                    facebook: {token: "${PAGE_TOKEN}"}
                    instagram: {token: ig, version: v24.0}
                    linkedin: {token: li, version: "202509", url: "http://127.0.0.1:9"}
                    notify:
                      statuses: [closed, expired]
                      failed_runs: false
                      webhook: {url: "https://hooks.example.com/sync", secret: "${HOOK_SECRET}"}
                      email: agent@example.com
                """, Map.of("PAGE_TOKEN", "fb", "HOOK_SECRET", SECRET));

        Owner smith = owners.ofConnection("board").orElseThrow();

        assertThat(smith.account(Platform.FACEBOOK))
                .contains(new PlatformAccount(
                        Platform.FACEBOOK, URI.create("https://graph.facebook.com"), "v25.0", new Secret("fb")));
        assertThat(smith.account(Platform.INSTAGRAM))
                .contains(new PlatformAccount(
                        Platform.INSTAGRAM, URI.create("https://graph.facebook.com"), "v24.0", new Secret("ig")));
        assertThat(smith.account(Platform.LINKEDIN))
                .contains(new PlatformAccount(
                        Platform.LINKEDIN, URI.create("http://127.0.0.1:9"), "202509", new Secret("li")));
        assertThat(smith.subscription())
                .isEqualTo(new Subscription(
                        Set.of("closed", "expired"),
                        false,
                        Optional.of(new Webhook(URI.create("https://hooks.example.com/sync"), new Secret(SECRET))),
                        List.of("agent@example.com")));
        assertThat(owners.ofConnection("nobodys")).isEmpty();
        assertThat(owners.ofConnection("unheard-of")).isEmpty();
        assertThat(owners.havePosts()).isTrue();
    }

    @Test
    void tellsOfSoldListingsAndFailedRunsUnlessToldOtherwise() {
        Owners owners = OwnersFile.parse("""
                owners:
                  - name: smith
                    notify: {email: [a@example.com, b@example.com]}
                """, Map.of());

        Subscription subscription = owners.named("smith").orElseThrow().subscription();

        assertThat(subscription.statuses()).containsExactly("closed");
        assertThat(subscription.failedRuns()).isTrue();
        assertThat(subscription.mailboxes()).containsExactly("a@example.com", "b@example.com");
        assertThat(owners.havePosts()).isFalse();
    }

    @Test
    void tellsNobodyOfAnythingByDefault() {
        Owners owners =
                OwnersFile.parse("connections:\n  - {name: board, owner: smith}\nowners:\n  - name: smith\n", Map.of());

        assertThat(owners.named("smith").orElseThrow().subscription().active()).isFalse();
        assertThat(OwnersFile.read(Path.of(""), Map.of())).isEqualTo(Owners.NONE);
    }

    @Test
    void namesEveryProblemByPlaceAndNeverByValue() {
        assertThatThrownBy(() -> OwnersFile.parse("""
                owners:
                  - name: smith
                    facebook: {token: "${NOT_SET}", version: "25"}
                    instagram: {token: secret-one, url: "https://graph.instagram.com"}
                    linkedin: {token: secret-two, version: v202610}
                    tiktok: {token: secret-three}
                    notify: {webhook: {url: "ftp://secret-four", secret: secret-five}, email: "secret six"}
                  - name: smith
                    notify: {}
                """, Map.of()))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        e -> assertThat(e.problems())
                                .anySatisfy(
                                        problem -> assertThat(problem)
                                                .isEqualTo(
                                                        "owners[0].facebook.token: the environment variable NOT_SET is not set"))
                                .anySatisfy(problem -> assertThat(problem)
                                        .isEqualTo("owners[0].facebook.version: expected one such as v25.0"))
                                .anySatisfy(problem -> assertThat(problem)
                                        .startsWith("owners[0].instagram.url: graph.instagram.com can't delete posts"))
                                .anySatisfy(problem -> assertThat(problem)
                                        .isEqualTo("owners[0].linkedin.version: expected one such as 202610"))
                                .anySatisfy(problem ->
                                        assertThat(problem).startsWith("owners[0].tiktok: is not a known key"))
                                .anySatisfy(problem -> assertThat(problem)
                                        .startsWith("owners[0].notify.webhook.url: expected an address"))
                                .anySatisfy(problem -> assertThat(problem)
                                        .startsWith("owners[0].notify.webhook.secret: expected 'whsec_'"))
                                .anySatisfy(problem ->
                                        assertThat(problem).startsWith("owners[0].notify.email: expected an address"))
                                .anySatisfy(problem -> assertThat(problem).startsWith("owners[1].name: is the same as"))
                                .noneSatisfy(problem -> assertThat(problem).contains("secret-"))
                                .noneSatisfy(problem -> assertThat(problem).contains("secret six")));
    }

    @Test
    void readsTheOwnersOfTheSample() throws IOException {
        String sample = Files.readString(Path.of("../producer/src/main/resources/connections.sample.yaml"));

        Owners owners = OwnersFile.parse(
                sample, Map.of("FACEBOOK_PAGE_TOKEN", "fb", "LINKEDIN_TOKEN", "li", "WEBHOOK_SECRET", SECRET));

        assertThat(owners.ofConnection("trreb-idx").orElseThrow().accounts()).hasSize(3);
    }

    @Test
    void printsNoSecret() {
        Owners owners = OwnersFile.parse("""
                owners:
                  - name: smith
                    facebook: {token: planted-secret-of-an-owner}
                    notify: {webhook: {url: "https://hooks.example.com", secret: "%s"}}
                """.formatted(SECRET), Map.of());

        assertThat(owners.toString())
                .doesNotContain("planted-secret-of-an-owner")
                .doesNotContain(SECRET);
    }
}
