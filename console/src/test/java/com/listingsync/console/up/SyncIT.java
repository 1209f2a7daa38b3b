package com.listingsync.console.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.event.Entity;
import com.listingsync.common.trace.TraceHeader;
import com.listingsync.common.wire.Json;
import com.listingsync.console.command.CommandLineRun;
import com.listingsync.console.shell.StopSignal;
import com.listingsync.embedded.world.Feed;
import com.listingsync.embedded.world.Resource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The {@code sync} command, as somebody types it beside a running {@code up}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SyncIT {

    private static final int LAST = Integer.MAX_VALUE;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    static Path temporary;

    private RunningSample sample;

    @BeforeAll
    void start() throws IOException, InterruptedException {
        sample = RunningSample.of(3, 40).startIn(temporary);
    }

    @AfterAll
    void stop() {
        sample.close();
    }

    @Test
    void readsTheFeedsSelectedAndPrintsTheRunAsJson() throws IOException {
        CommandLineRun run = sync("--vow", "--media", "--sheets", "--force", "--wait", "--json");

        assertThat(run.exitCode()).isZero();
        JsonNode json = Json.MAPPER.readTree(run.out());
        assertThat(json.get("status").asText()).isEqualTo("completed");
        assertThat(json.get("balanced").asBoolean()).isTrue();
        assertThat(json.get("missingKeys")).isEmpty();
        assertThat(json.get("feeds").findValuesAsText("feed")).containsExactly("mls-vow/media", "sheet/Listings");
        assertThat(json.get("total").get("fetched").asLong()).isGreaterThan(100);
        assertThat(run.err()).contains("rows/s", "remaining", "mls-vow/media");
    }

    @Test
    void fetchesJustTheListingsNamedAndFailsForThoseItFindsNowhere() throws IOException {
        String key = sample.world()
                .records(Resource.PROPERTY, Feed.VOW)
                .get(0)
                .get("ListingKey")
                .asText();

        CommandLineRun found = sync("--keys", key, "--wait", "--json");
        CommandLineRun lost = sync("--keys", key + ",nowhere", "--wait");

        assertThat(found.exitCode()).isZero();
        assertThat(Json.MAPPER.readTree(found.out()).get("total").get("fetched").asLong())
                .isPositive();
        assertThat(lost.exitCode()).isEqualTo(1);
        assertThat(lost.out()).contains("completed", "found in no feed, and left as they are: nowhere\n");
    }

    @Test
    void tellsHowToFollowARunThatNobodyWaitsFor() {
        CommandLineRun asked = sync("--idx", "--owner", "sample");
        String follow = asked.out().lines().skip(1).findFirst().orElseThrow();
        String[] command = follow.substring(follow.indexOf("status")).split(" ");

        CommandLineRun followed = CommandLineRun.of(Map.of(), command);

        assertThat(asked.exitCode()).isZero();
        assertThat(asked.out()).matches("(?s)asked for run \\S+ over 4 feeds of 1 connection\nfollow it: .*");
        assertThat(followed.exitCode()).isZero();
        assertThat(followed.out()).contains(command[1] + " (cli): completed", "mls-idx/rooms");
    }

    @Test
    void provesThatSupabaseHasWhatTheLogHasAndTheLogWhatTheSourcesHave() throws IOException {
        CommandLineRun run = sample.command("verify", "--source", "--json");

        JsonNode json = Json.MAPPER.readTree(run.out());
        assertThat(json.path("differences")).isEmpty();
        assertThat(json.path("inSync").asBoolean()).isTrue();
        assertThat(json.at("/tables/properties/logged").asLong()).isPositive();
        assertThat(json.at("/source/inSync").asBoolean()).as(run.out()).isTrue();
        assertThat(json.at("/source/feeds").size()).isEqualTo(9);
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void leavesTheRunGoingOnCtrlC() {
        StopSignal ctrlC = new StopSignal();
        ctrlC.request();

        CommandLineRun run = sample.command(ctrlC, "sync", "--force", "--wait");
        String id = run.err().replaceAll("(?s).*run (\\S+) goes on.*", "$1");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("./listing-sync status " + id + " --wait --data " + sample.data());
        assertThat(sample.command("status", id, "--wait").exitCode()).isZero();
    }

    @Test
    void refusesNamesThatNobodyKnows() {
        CommandLineRun run = sync("--connection", "mls-idy", "--owner", "nobody");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("there is no connection 'mls-idy'; there are mls-idx, mls-vow, sheet")
                .contains("there is no owner 'nobody'; there are sample")
                .hasLineCount(2);
    }

    @Test
    void talksToTheKafkaThatIsNamed() {
        String broker = sample.address("kafka");

        CommandLineRun run = CommandLineRun.of(Map.of(), "sync", "--sheets", "--wait", "--bootstrap", broker);

        assertThat(run.exitCode()).isZero();
    }

    @Test
    void writesNoTraceIntoARecordUnlessTracingIsOn() {
        List<TopicPartition> partitions = IntStream.range(
                        0, sample.kafka().topics().partitions())
                .boxed()
                .flatMap(partition -> Stream.of(
                                sample.kafka().topics().source(Entity.PROPERTY),
                                sample.kafka().topics().rows())
                        .map(topic -> new TopicPartition(topic.name(), partition)))
                .toList();
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = sample.kafka().consumer()) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }

        assertThat(records)
                .hasSizeGreaterThan(100)
                .allSatisfy(record -> assertThat(record.headers().lastHeader(TraceHeader.NAME))
                        .isNull());
    }

    @Test
    void showsWhenEveryFeedIsReadNext() throws IOException {
        JsonNode ready = Json.MAPPER.readTree(
                sample.service("producer").resolve("/health/ready").toURL());

        assertThat(ready.get("feeds").findValuesAsText("connection"))
                .hasSize(9)
                .containsOnly("mls-idx", "mls-vow", "sheet");
        assertThat(ready.get("feeds").get(0).fieldNames())
                .toIterable()
                .containsExactly(
                        "connection", "feed", "reading", "waiting", "next", "intervalSeconds", "last", "problem");
        assertThat(ready.get("feeds").get(0).get("intervalSeconds").asDouble()).isEqualTo(5);
    }

    @Test
    @Order(LAST)
    void saysThatNoProducerAnswers() {
        sample.stop("producer");

        CommandLineRun run = sync("--wait");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("no producer answers for mls-idx, mls-vow, sheet; nothing was asked for")
                .hasLineCount(1);
    }

    private CommandLineRun sync(String... options) {
        return sample.command(
                Stream.concat(Stream.of("sync"), Stream.of(options)).toArray(String[]::new));
    }
}
