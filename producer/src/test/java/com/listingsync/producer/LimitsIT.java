package com.listingsync.producer;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.command.SyncCommand;
import com.listingsync.common.health.Health;
import com.listingsync.common.health.Service;
import com.listingsync.common.run.FeedName;
import com.listingsync.embedded.mls.MlsOptions;
import com.listingsync.embedded.mls.SampleMls;
import com.listingsync.embedded.upstream.Fault;
import com.listingsync.embedded.world.SampleWorld;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsIT {

    @TempDir
    Path folder;

    private final Broker broker = Broker.withTopics();
    private SampleWorld world;
    private SampleMls mls;
    private SampleMls other;
    private Producing producing;

    @BeforeEach
    void start() {
        world = SampleWorld.generate(5, 300, null);
        mls = new SampleMls(world, MlsOptions.defaults().withMaxPageSize(10)).start();
        other = new SampleMls(world, MlsOptions.defaults()).start();
        producing =
                new Producing(broker, folder, """
                connections:
                  - name: a
                    kind: mls
                    profile: reso
                    url: %s
                    auth: {token: %s}
                    limits: {per_day: 20}
                    feeds: {property: {page_size: 10}, media: {page_size: 10}}
                  - name: b
                    kind: mls
                    profile: reso
                    url: %s
                    auth: {token: %s}
                    feeds: {property: {}}
                """.formatted(mls.uri(), mls.idxToken(), other.uri(), other.idxToken()));
    }

    @AfterEach
    void stop() {
        producing.close();
        mls.close();
        other.close();
        world.close();
    }

    @Test
    void aDaysBudgetOutlivesRestartsAndCrashes() throws Exception {
        // Ten requests in a life that ends without a word, then the rest in one that ends well.
        producing.command(
                new SyncCommand("r1", "a", List.of("property", "media"), List.of(), false, "test"),
                new FeedName("a", "property"),
                new FeedName("a", "media"));
        try (ProducerProcess life = ProducerProcess.start(producing.environment(), folder.resolve("life.log"))) {
            Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> mls.requestCount() >= 10);
            life.kill();
        }
        producing.start();
        assertThat(producing.awaitRead("r1").feeds().get("a/property").problem())
                .contains("the 20 requests of the day are used up until");
        producing.close();
        Service service = producing.start();

        assertThat(producing.sync("r2", "a", "media").feeds().get("a/media").problem())
                .contains("the 20 requests of the day are used up until");

        assertThat(mls.requestCount()).isBetween(15L, 20L);
        assertThat(service.health().ready())
                .filteredOn(check -> check.name().equals("requests of a"))
                .singleElement()
                .satisfies(check -> assertThat(check.problem().orElseThrow()).contains("are used up until"));
        assertThat(get(service.endpoint().resolve("/health/ready")))
                .contains("\"a\":\"circuit breaker closed; requests left: 0 of 20 a day; 4 at a time\"");
        assertThat(get(service.endpoint().resolve("/metrics")))
                .contains("listings_producer_requests_left{connection=\"a\",window=\"day\"} 0.0")
                .contains("listings_circuit_breaker_state{target=\"a\"} 0.0");
    }

    @Test
    void aConnectionInTroubleDelaysNoOther() {
        mls.faults().failNext(1_000, Fault.slow(Duration.ofMinutes(5)));
        Service service = producing.start();
        producing.command(
                new SyncCommand("r1", "a", List.of("property"), List.of(), false, "test"),
                new FeedName("a", "property"));

        assertThat(producing
                        .sync("r2", "b", "property")
                        .feeds()
                        .get("b/property")
                        .problem())
                .isNull();
        assertThat(producing
                        .sync("r3", "b", "property")
                        .feeds()
                        .get("b/property")
                        .problem())
                .isNull();

        assertThat(producing.run("r1").feeds().values()).noneMatch(feed -> feed.isFinished());
        assertThat(service.health().ready())
                .filteredOn(check -> check.name().endsWith(" b"))
                .allMatch(Health.CheckResult::passed);
    }

    private static String get(URI uri) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
