package com.listingsync.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.listingsync.common.deadletter.DeadLetter;
import com.listingsync.common.run.Tally;
import com.listingsync.common.wire.RecordHeaders;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sink killed again and again in the middle of its work, between a real broker and a real PostgreSQL. {@code -Dkills=100} for more
 * than the regular number.
 */
class KillIT {

    private static final int LISTINGS = 500;

    /** More than one gets done before it is killed, so that all but the first have work whatever their start took. */
    private static final int ROWS_AT_FIRST = 8_000;

    /** About what one gets done: the work that is left must not grow with the number of kills. */
    private static final int ROWS_PER_KILL = 1_000;

    /** With one row in five hundred refused, on a machine that does much else. */
    private static final int SLOWEST_ROWS_PER_SECOND = 500;

    private static final Duration FLOWING_AGAIN = Duration.ofSeconds(10);

    @TempDir
    static Path folder;

    private static SinkStack stack;

    private final Random random = new Random(42);
    private final Map<String, Long> newest = new TreeMap<>();
    private long version;
    private long sent;
    private long bad;

    @BeforeAll
    static void startStack() throws IOException {
        stack = SinkStack.start(folder);
    }

    @AfterAll
    static void stopStack() {
        stack.close();
    }

    @Test
    void endsInTheRightTableWithEachRowCountedOnce() throws Exception {
        try (SinkTrial trial = new SinkTrial(stack)) {
            Map<String, String> environment = stack.environment(trial.topics());
            environment.putAll(Map.of("SYNC_INSTANCE", "one", "SYNC_BATCH_SIZE", "20", "SYNC_MAX_IN_FLIGHT", "2"));
            int kills = Integer.getInteger("kills", 3);
            putRows(trial.rows(), ROWS_AT_FIRST);
            for (int i = 0; i < kills; i++) {
                putRows(trial.rows(), ROWS_PER_KILL);
                long before = stack.requests();
                Process sink = SinkMain.start(environment, "-XX:TieredStopAtLevel=1", "-Xmx128m", "-XX:+UseSerialGC");
                // Some are killed before anything is recorded, some while it is, some after.
                int requests = 2 + random.nextInt(100);
                SinkTrial.eventually(() -> assertThat(stack.requests() - before > requests || isAllWritten())
                        .isTrue());

                sink.destroyForcibly().waitFor();
            }

            trial.start(Map.of("SYNC_INSTANCE", "one"));

            Duration enough = Duration.ofSeconds(60 + sent / SLOWEST_ROWS_PER_SECOND);
            await().atMost(enough)
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(table()).isEqualTo(newest));
            await().atMost(enough)
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(counted(trial.tally())).isEqualTo(sent));
            assertThat(trial.deadLetters())
                    .extracting(dead ->
                            RecordHeaders.text(dead.headers(), DeadLetter.CONNECT_OFFSET) + "/" + dead.partition())
                    .doesNotHaveDuplicates();
            assertThat(trial.tally().counts().getOrDefault(Tally.refused("22P02"), 0L))
                    .isEqualTo(trial.deadLetters().size())
                    .isLessThanOrEqualTo(bad);
        }
    }

    @Test
    void flowsAgainWithinTenSecondsOfAKill() throws Exception {
        try (SinkTrial trial = new SinkTrial(stack)) {
            trial.properties(0, 20_000);
            Map<String, String> environment = stack.environment(trial.topics());
            environment.putAll(Map.of("SYNC_BATCH_SIZE", "50", "SYNC_MAX_IN_FLIGHT", "2"));
            Process sink = SinkMain.start(environment);
            SinkTrial.eventually(() -> assertThat(stack.count("properties")).isPositive());

            sink.destroyForcibly().waitFor();
            long killedAt = System.nanoTime();
            long atKill = stack.count("properties");
            trial.start(new HashMap<>());

            SinkTrial.eventually(() -> assertThat(stack.count("properties")).isGreaterThan(atKill));
            assertThat(Duration.ofNanos(System.nanoTime() - killedAt)).isLessThan(FLOWING_AGAIN);
        }
    }

    /** Rows of some listings with ever higher versions, older ones once more, and now and then a bad one. */
    private void putRows(RowsTopic rows, int count) {
        for (int i = 0; i < count; i++) {
            String key = "L" + random.nextInt(LISTINGS);
            boolean isBad = random.nextInt(500) == 0;
            boolean replayed = random.nextInt(10) == 0 && newest.containsKey(key);
            long now = replayed ? newest.get(key) : ++version;
            rows.property(
                    key, now, isBad ? "\"lots\"" : Long.toString(now), Optional.of(RowsTopic.origin(SinkTrial.RUN)));
            sent++;
            if (isBad) {
                bad++;
            } else {
                newest.put(key, now);
            }
        }
        rows.flush();
    }

    private boolean isAllWritten() {
        return table().equals(newest);
    }

    private static Map<String, Long> table() {
        return stack.column("select listing_key || ' ' || list_price from properties").stream()
                .map(row -> row.split(" "))
                .collect(Collectors.toMap(row -> row[0], row -> Long.valueOf(row[1]), (a, b) -> a, TreeMap::new));
    }

    private static long counted(Tally tally) {
        return tally.counts().values().stream().mapToLong(Long::longValue).sum();
    }
}
