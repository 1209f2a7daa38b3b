package com.listingsync.console.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.wire.Json;
import com.listingsync.console.command.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several of each service, as processes of their own, while every listing changes twice a second: they share the work, one of each
 * is killed, one is stopped for too long, and all are restarted one after the other. Starts up to nine processes, so it runs when
 * asked for: {@code -Dfleet=3} for three of each, {@code -Dkills=5} to kill more often.
 */
@EnabledIfSystemProperty(named = "fleet", matches = "\\d+")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FleetIT {

    private static final Logger LOG = LoggerFactory.getLogger(FleetIT.class);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What docs/deployment.md promises; on a machine that does nothing else. */
    private static final Duration FLOWING_AGAIN = Duration.ofSeconds(Integer.getInteger("flowing", 10));

    private static final int INSTANCES = Integer.getInteger("fleet", 3);
    private static final int KILLS = Integer.getInteger("kills", 1);

    /** Shows every listing, so that its producer is missed wherever it was. */
    private static final String CONNECTION = "mls-vow";

    private static final List<String> SERVICES = List.of("producer", "processor", "sink");

    /** As docs/upgrade.md has it. */
    private static final List<String> UPGRADE_ORDER = List.of("sink", "processor", "producer");

    private static final Map<String, String> GROUPS =
            Map.of("producer", "listings.producer", "processor", "listings.processor", "sink", "listings-sink");

    @TempDir
    static Path temporary;

    private RunningSample sample;
    private Fleet fleet;
    private PriceBeat beat;
    private SourceWatch source;

    @BeforeAll
    void start() throws IOException, InterruptedException {
        sample = RunningSample.of(7, 30).startIn(temporary);
        sample.stop(SERVICES.toArray(String[]::new));
        fleet = new Fleet(environment(), temporary);
        for (String service : SERVICES) {
            for (int i = 1; i <= INSTANCES; i++) {
                fleet.launch(service + "-" + i);
            }
        }
        fleet.instances().forEach(fleet::awaitReady);
        source = new SourceWatch(sample.kafka());
        beat = new PriceBeat(sample.world(), sample.tables(), new Truth(sample.world()).activeListings());
    }

    @AfterAll
    void stop() {
        // Whatever of it was started.
        Stream.of(beat, source, fleet, sample).filter(Objects::nonNull).forEach(FleetIT::close);
    }

    @Test
    @Order(1)
    void allOfEachServiceShareTheWork() {
        SERVICES.forEach(this::awaitAllAtWork);
    }

    @Test
    @Order(2)
    void rowsFlowAgainSecondsAfterTheLossOfAnyOne() throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            for (String service : SERVICES) {
                String lost = victim(service);

                fleet.kill(lost);
                Duration took = untilRowsFlow();

                LOG.atInfo()
                        .addKeyValue("instance", lost)
                        .addKeyValue("millis", took.toMillis())
                        .log("from kill -9 of one to a change after it in every listing's row");
                assertThat(took).as(lost).isLessThan(FLOWING_AGAIN);
                fleet.launch(lost);
                fleet.awaitReady(lost);
                awaitAllAtWork(service);
            }
        }
    }

    @Test
    @Order(3)
    void oneThatStandsStillIsReplacedAndFindsItsPlaceAgain() throws Exception {
        for (String service : SERVICES) {
            String still = victim(service);

            fleet.freeze(still);
            Duration took = untilRowsFlow();
            Awaitility.await(still).atMost(PATIENCE).until(() -> shares(service).size() < INSTANCES);
            fleet.thaw(still);

            awaitAllAtWork(service);
            LOG.atInfo()
                    .addKeyValue("instance", still)
                    .addKeyValue("millis", took.toMillis())
                    .log("from the standstill of one to a change after it in every listing's row");
            assertThat(took).as(still).isLessThan(FLOWING_AGAIN);
            assertThat(fleet.isAlive(still)).as(still).isTrue();
        }
    }

    @Test
    @Order(4)
    void aRollingRestartLosesNothingAndKeepsRowsFresh() throws Exception {
        Duration unused = beat.longestGap();
        String run = asked();

        for (String service : UPGRADE_ORDER) {
            for (int i = 1; i <= INSTANCES; i++) {
                String instance = service + "-" + i;
                int code = fleet.terminate(instance);
                fleet.launch(instance);
                fleet.awaitReady(instance);

                assertThat(code).as(instance).isIn(0, 143);
            }
            awaitAllAtWork(service);
            LOG.atInfo()
                    .addKeyValue("service", service)
                    .addKeyValue("millis", beat.longestGap().toMillis())
                    .log("longest time that any row was behind its source while the service was restarted");
        }

        beat.rest();
        Awaitility.await().atMost(PATIENCE).until(() -> beat.everywhereSince(beat.now()));
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(status(run).get("status").asText()).isEqualTo("completed"));
        assertThat(status(run).get("balanced").asBoolean()).isTrue();
        assertThat(sample.command("verify", "--source").exitCode()).isZero();
    }

    /** The one of a service that is missed most: of the producers that which has the connection with all listings. */
    private String victim(String service) {
        return service.equals("producer") ? fleet.producerOf(CONNECTION) : service + "-" + INSTANCES;
    }

    /** How long from now until a change after now is in every listing's row, and has been read from the connection itself. */
    private Duration untilRowsFlow() {
        long began = System.nanoTime();
        long beganAt = System.currentTimeMillis();
        int after = beat.now() + 1;
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> beat.everywhereSince(after) && source.hasReadSince(CONNECTION, beganAt));
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private void awaitAllAtWork(String service) {
        Awaitility.await(service)
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(shares(service)).hasSize(INSTANCES).allMatch(share -> share > 0));
        Awaitility.await().atMost(PATIENCE).until(() -> beat.everywhereSince(beat.now() - 10));
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            throw new AssertionError("a part of the test could not be closed", e);
        }
    }

    /** How many partitions each member of a service's group has. */
    private List<Integer> shares(String service) throws Exception {
        try (Admin admin = sample.kafka().admin()) {
            String group = GROUPS.get(service);
            return admin.describeConsumerGroups(List.of(group)).all().get().get(group).members().stream()
                    .map(MemberDescription::assignment)
                    .map(assignment -> assignment.topicPartitions().size())
                    .toList();
        }
    }

    private String asked() throws IOException {
        CommandLineRun run = sample.command("sync", "--force", "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        return Json.MAPPER.readTree(run.out()).get("run").asText();
    }

    private JsonNode status(String run) throws IOException {
        return Json.MAPPER.readTree(sample.command("status", run, "--json").out());
    }

    private Map<String, String> environment() throws IOException {
        Map<String, String> environment = new HashMap<>(sample.environment());
        environment.putAll(Endpoints.supabaseOf(sample.data()));
        String all = Files.readString(Path.of(environment.get("SYNC_CONNECTIONS")));
        Path often = Files.writeString(temporary.resolve("often.yaml"), all.replace("interval: 5s", "interval: 1s"));
        environment.put("SYNC_CONNECTIONS", often.toString());
        environment.put("SYNC_HTTP_HOST", "127.0.0.1");
        environment.put("SYNC_PROCESSOR_THREADS", "1");
        return environment;
    }
}
