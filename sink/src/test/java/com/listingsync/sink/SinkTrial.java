package com.listingsync.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.listingsync.common.health.Service;
import com.listingsync.common.run.Tally;
import com.listingsync.common.topic.Stage;
import com.listingsync.common.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/** One test's topics, rows and sink on a {@link SinkStack}; all rows are of run {@link #RUN}. */
final class SinkTrial implements AutoCloseable {

    static final String RUN = "run-1";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SinkStack stack;
    private final Topics topics;
    private final RowsTopic rows;
    private @Nullable Service sink;

    SinkTrial(SinkStack stack) {
        this.stack = stack;
        stack.faults().clear();
        stack.emptyTables();
        this.topics = stack.freshTopics();
        this.rows = new RowsTopic(stack.bootstrapServers(), topics);
    }

    Topics topics() {
        return topics;
    }

    RowsTopic rows() {
        return rows;
    }

    /** Puts properties {@code L<from>} to {@code L<to - 1>} on the topic. */
    void properties(int from, int to) {
        for (int i = from; i < to; i++) {
            rows.property("L" + i, 1, "1", Optional.of(RowsTopic.origin(RUN)));
        }
        rows.flush();
    }

    Service start(Map<String, String> more) {
        Map<String, String> environment = stack.environment(topics);
        environment.putAll(more);
        Service started = SinkApp.start(environment);
        sink = started;
        return started;
    }

    void stopSink() {
        if (sink != null) {
            sink.close();
        }
    }

    /** Returns once health says so. */
    void awaitTrouble(String... words) {
        eventually(() ->
                assertThat(problems()).anySatisfy(problem -> assertThat(problem).contains(words)));
    }

    void awaitReady() {
        eventually(() -> assertThat(problems()).isEmpty());
    }

    /** Returns once this many rows are in table {@code properties} and every one of them is counted once. */
    void awaitWritten(long expected) {
        eventually(() -> assertThat(stack.count("properties")).isEqualTo(expected));
        eventually(() -> {
            Tally tally = tally();
            assertThat(tally.written() + tally.unchanged()).isEqualTo(expected);
        });
    }

    List<String> problems() {
        Service running = sink;
        assertThat(running).isNotNull();
        return running.health().ready().stream()
                .flatMap(check -> check.problem().stream())
                .toList();
    }

    /** What health says about who paused the sink. */
    String paused() {
        Service running = sink;
        assertThat(running).isNotNull();
        return String.valueOf(running.health().facts().get("paused"));
    }

    /** Facts that health tells under a name. */
    String facts(String name) {
        Service running = sink;
        assertThat(running).isNotNull();
        return String.valueOf(running.health().facts().get(name));
    }

    Tally tally() {
        return stack.committed().tally(topics, RUN);
    }

    List<ConsumerRecord<byte[], byte[]>> deadLetters() {
        return stack.committed().on(topics.deadLetters(Stage.SINK));
    }

    static void eventually(ThrowingRunnable assertion) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).untilAsserted(assertion);
    }

    /** Returns once this long has passed since {@code beginNanos}: an outage has a length. */
    static void untilPassed(Duration length, long beginNanos) {
        await().atMost(length.plus(PATIENCE))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> System.nanoTime() - beginNanos >= length.toNanos());
    }

    @Override
    public void close() {
        stack.faults().clear();
        stopSink();
        rows.close();
    }
}
