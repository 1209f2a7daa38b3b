package com.listingsync.console.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.listingsync.console.ConsoleApp;
import com.listingsync.console.access.KeysFile;
import com.listingsync.console.access.Role;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Two consoles on a real broker with some runs behind it: one that everybody may ask, one that asks everybody for a key. */
final class ApiUnderTest implements AutoCloseable {

    static final String JSON = "content-type";
    static final String APPLICATION_JSON = "application/json";
    static final byte[] HOOK_KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    static final String CRON = "planted-secret-of-the-scheduler";
    static final String DRIVE = "planted-secret-of-drive-32-letters";

    /** How many runs have ended: {@code run-00} to {@code run-24}, a minute apart. */
    static final int RUNS = 25;

    private static final String HOOK_SECRET = "whsec_" + Base64.getEncoder().encodeToString(HOOK_KEY);

    final ConsoleUnderTest world;
    final ConsoleApp open;
    final ConsoleApp locked;
    final KeysFile keys;
    final String viewer;
    final String operator;

    ApiUnderTest(Path temporary) {
        world = new ConsoleUnderTest(temporary.resolve("kafka"));
        long now = System.currentTimeMillis();
        IntStream.range(0, RUNS)
                .forEach(i ->
                        world.ended(String.format("run-%02d", i), now - (RUNS - i) * 60_000L, 100, i == 3 ? 7 : 0));
        keys = new KeysFile(temporary.resolve("keys/api-keys.json"));
        viewer = keys.add("screen", Role.VIEWER, Clock.systemUTC(), new Random(1));
        operator = keys.add("ann", Role.OPERATOR, Clock.systemUTC(), new Random(2));
        open = world.console(
                Map.of("CRON_SECRET", CRON, "SYNC_HOOK_SECRET", HOOK_SECRET, "SYNC_HOOK_DRIVE_TOKEN", DRIVE));
        locked = world.console(Map.of("SYNC_CONSOLE_KEYS", keys.path().toString()));
        List.of(open, locked)
                .forEach(app -> await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(app.health().isReady()).isTrue()));
    }

    @Override
    public void close() {
        world.close();
    }
}
