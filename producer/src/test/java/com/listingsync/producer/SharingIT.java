package com.listingsync.producer;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.command.SyncCommand;
import com.listingsync.common.event.Entity;
import com.listingsync.common.health.Health;
import com.listingsync.common.health.Service;
import com.listingsync.common.run.FeedName;
import com.listingsync.embedded.mls.MlsOptions;
import com.listingsync.embedded.mls.SampleMls;
import com.listingsync.embedded.world.SampleWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharingIT {

    private static final int CONNECTIONS = 6;

    @TempDir
    Path folder;

    private SampleWorld world;
    private SampleMls mls;
    private Producing producing;

    @BeforeEach
    void start() {
        world = SampleWorld.generate(5, 30, null);
        mls = new SampleMls(world, MlsOptions.defaults()).start();
        producing = new Producing(Broker.withTopics(), folder, yaml(mls.idxToken()));
    }

    @AfterEach
    void stop() {
        producing.close();
        mls.close();
        world.close();
    }

    @Test
    void runsEveryConnectionOnceWhileProducersComeAndGo() {
        Service first = producing.start();
        producing.start();
        awaitShare(first);
        syncAll("a");
        int emitted = producing.emitted(Entity.PROPERTY).size();

        first.close();
        syncAll("b");

        assertThat(producing.runs())
                .hasSize(2 * CONNECTIONS)
                .allSatisfy(run -> assertThat(producing.run(run).feeds().values())
                        .singleElement()
                        .satisfies(feed -> assertThat(feed.problem()).isNull()));
        long fetched = producing.runs().stream()
                .mapToLong(run -> producing.run(run).total().fetched()
                        - producing.run(run).total().skipped())
                .sum();
        assertThat(emitted).isPositive();
        assertThat(producing.emitted(Entity.PROPERTY))
                .as("the books and the topic agree")
                .hasSize((int) fetched);
    }

    @Test
    void keepsOthersGoingWhenOneConnectionIsInTrouble() {
        producing.connections(yaml(mls.idxToken()).replaceFirst("token: [^}]*", "token: wrong"));
        Service service = producing.start();
        syncAll("a");

        assertThat(producing.run("a0").feeds().get("c0/property").problem()).contains("the token of this connection");
        assertThat(producing.run("a1").feeds().get("c1/property").problem()).isNull();
        assertThat(service.health().ready())
                .filteredOn(check -> !check.passed())
                .isNotEmpty()
                .allSatisfy(check -> {
                    assertThat(check.name()).endsWith(" c0");
                    assertThat(check.problem().orElseThrow()).contains("HTTP 401");
                });
    }

    @Test
    void writesNothingWhenAScheduledPassFindsNothing() {
        producing.connections(yaml(mls.idxToken()).replace("property: {}", "property: {interval: 200ms}"));
        producing.with("SYNC_SCHEDULE", "on").start();
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> producing.runs().size() == CONNECTIONS
                        && producing.runs().stream()
                                .allMatch(run -> producing.run(run).feeds().values().stream()
                                        .allMatch(feed -> feed.isFinished())));
        int emitted = producing.emitted(Entity.PROPERTY).size();

        long asked = mls.requestCount();
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> mls.requestCount() > asked + 20L * CONNECTIONS);

        assertThat(producing.runs()).hasSize(CONNECTIONS);
        assertThat(producing.emitted(Entity.PROPERTY)).hasSize(emitted);
    }

    private void syncAll(String run) {
        for (int i = 0; i < CONNECTIONS; i++) {
            producing.command(
                    new SyncCommand(run + i, "c" + i, List.of(), List.of(), false, "test"),
                    new FeedName("c" + i, "property"));
        }
        IntStream.range(0, CONNECTIONS).forEach(i -> producing.awaitRead(run + i));
    }

    private static void awaitShare(Service service) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> service.health().ready().stream().allMatch(Health.CheckResult::passed));
    }

    private String yaml(String token) {
        StringBuilder yaml = new StringBuilder("connections:\n");
        for (int i = 0; i < CONNECTIONS; i++) {
            yaml.append("""
                      - name: c%d
                        kind: mls
                        profile: reso
                        url: %s
                        auth: {token: %s}
                        feeds: {property: {}}
                    """.formatted(i, mls.uri(), token));
        }
        return yaml.toString();
    }
}
