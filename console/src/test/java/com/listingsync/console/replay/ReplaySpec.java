package com.listingsync.console.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.listingsync.common.topic.Stage;
import com.listingsync.common.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Replays of a test's own rows, and what they have come to. */
abstract class ReplaySpec {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    final List<String> journal = new CopyOnWriteArrayList<>();

    /** What is closed after the test, in this order. */
    final List<AutoCloseable> parts = new ArrayList<>();

    final Project live;
    final Project copy;
    RowLog log;
    Replays replays;

    private final ReplayStack stack;

    ReplaySpec(ReplayStack stack) {
        this.stack = stack;
        this.live = stack.live;
        this.copy = stack.copy;
    }

    @BeforeEach
    void empty() {
        live.empty();
        copy.empty();
        Topics topics = stack.freshTopics();
        log = new RowLog(
                stack.kafka.bootstrapServers(),
                topics.prefix(),
                List.of(
                        topics.rows(),
                        topics.replays(),
                        topics.outcomes(),
                        topics.signals(),
                        topics.fates(),
                        topics.audit(),
                        topics.deadLetters(Stage.SINK)));
        Map<String, String> environment = new HashMap<>(log.environment(live));
        environment.put("COPY_KEY", copy.key());
        replays = new Replays(
                log.access(),
                environment,
                (who, action, selection, counts, problem) -> journal.add(who + " " + action + " " + counts),
                Clock.systemUTC());
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable part : parts) {
            part.close();
        }
        log.close();
    }

    void fill(int properties) {
        for (int i = 0; i < properties; i++) {
            log.property("P" + i, 1, Integer.toString(i));
        }
        log.flush();
    }

    ReplayStatus finished(ReplayRequest request) throws InterruptedException {
        return ended(replays.start(request, Replays.Live.REFUSED));
    }

    ReplayStatus ended(Replays.Started started) throws InterruptedException {
        try (RunningReplay replay = started.here().orElseThrow()) {
            assertThat(replay.awaitEnd(PATIENCE)).isTrue();
        }
        ReplayStatus status = replays.show(started.id());
        assertThat(status.state()).as(status.why().orElse("")).isEqualTo("finished");
        return status;
    }

    void awaitState(String id, String state) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(replays.show(id).state()).isEqualTo(state));
    }

    List<ConsumerRecord<byte[], byte[]>> deadLetters() {
        return records(log.topics().deadLetters(Stage.SINK).name());
    }

    List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        try (Consumer<byte[], byte[]> consumer = log.access().consumer()) {
            List<TopicPartition> places = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(places);
            consumer.seekToBeginning(places);
            Map<TopicPartition, Long> ends = consumer.endOffsets(places);
            List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
            while (places.stream().anyMatch(place -> consumer.position(place) < ends.get(place))) {
                consumer.poll(Duration.ofMillis(100)).forEach(all::add);
            }
            return all;
        }
    }

    Asked request() {
        return new Asked();
    }

    /** What a test asks for; everything else is left out. */
    final class Asked {

        private List<String> entities = List.of();
        private List<String> keys = List.of();
        private String run;
        private String from = "";
        private String to = "";
        private ReplayTarget target;
        private int rate;

        Asked entities(String... names) {
            entities = List.of(names);
            return this;
        }

        Asked keys(String... names) {
            keys = List.of(names);
            return this;
        }

        Asked run(String id) {
            run = id;
            return this;
        }

        Asked from(String text) {
            from = text;
            return this;
        }

        Asked to(String text) {
            to = text;
            return this;
        }

        Asked target() {
            target = new ReplayTarget(copy.url(), "/rest/v1", "COPY_KEY");
            return this;
        }

        Asked rate(int perSecond) {
            rate = perSecond;
            return this;
        }

        ReplayRequest build() {
            return new ReplayRequest(
                    "rows",
                    entities,
                    keys,
                    run,
                    ReplayBound.of("--from", from, Instant.now()),
                    ReplayBound.of("--to", to, Instant.now()),
                    target,
                    0,
                    rate,
                    "tester");
        }
    }
}
