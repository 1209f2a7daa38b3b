package com.listingsync.console.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.listingsync.common.setting.Secret;
import com.listingsync.common.setting.SettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {

    private static final Secret NONE = new Secret("");

    @TempDir
    private Path folder;

    private final AtomicLong now = new AtomicLong();

    @Test
    void knowsTheHolderOfAKeyAndKeepsOnlyItsHash() throws Exception {
        KeysFile file = new KeysFile(folder.resolve("keys.json"));

        String key = file.add("ann", Role.OPERATOR, Clock.systemUTC(), new Random(1));

        KeyRing ring = new KeyRing(Optional.of(file), NONE, now::get);
        assertThat(ring.holder(key)).hasValue(new Caller("ann", Role.OPERATOR));
        assertThat(ring.holder(key + "x")).isEmpty();
        assertThat(ring.holder("")).isEmpty();
        assertThat(Files.readString(file.path()))
                .doesNotContain(key, key.substring(13))
                .contains("\"sha256\"");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                .isEqualTo("rw-------");
    }

    @Test
    void opensNothingWithARevokedKeyASecondLater() throws Exception {
        KeysFile file = new KeysFile(folder.resolve("keys.json"));
        String key = file.add("ann", Role.VIEWER, Clock.systemUTC(), new Random(1));
        KeyRing ring = new KeyRing(Optional.of(file), NONE, now::get);

        file.revoke("ann", Clock.systemUTC());
        Files.setLastModifiedTime(file.path(), FileTime.fromMillis(System.currentTimeMillis() + 10_000));
        now.addAndGet(Duration.ofSeconds(1).toNanos());

        assertThat(ring.holder(key)).isEmpty();
        assertThat(ring.inUse()).isTrue();
        assertThat(ring.opens()).isFalse();
    }

    @Test
    void keepsWhatItReadWhenTheFileTurnsToGarbage() throws Exception {
        KeysFile file = new KeysFile(folder.resolve("keys.json"));
        String key = file.add("ann", Role.VIEWER, Clock.systemUTC(), new Random(1));
        KeyRing ring = new KeyRing(Optional.of(file), NONE, now::get);

        Files.writeString(file.path(), "{\"keys\":");
        Files.setLastModifiedTime(file.path(), FileTime.fromMillis(System.currentTimeMillis() + 10_000));
        now.addAndGet(Duration.ofSeconds(1).toNanos());

        assertThat(ring.holder(key)).isPresent();
    }

    @Test
    void refusesAFileThatIsNone() throws Exception {
        Path path = Files.writeString(folder.resolve("keys.json"), "hello");

        assertThatThrownBy(() -> new KeyRing(Optional.of(new KeysFile(path)), NONE, now::get))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("expected a file that './listing-sync api-keys add' has written");
    }

    @Test
    void refusesTwoKeysOfOneName() {
        KeysFile file = new KeysFile(folder.resolve("keys.json"));
        file.add("ann", Role.VIEWER, Clock.systemUTC(), new Random(1));

        assertThatThrownBy(() -> file.add("ann", Role.VIEWER, Clock.systemUTC(), new Random(2)))
                .hasMessage("there is a key of the name 'ann' already; revoke it first");
        assertThatThrownBy(() -> file.revoke("bob", Clock.systemUTC())).hasMessageContaining("no key 'bob'");
    }

    @Test
    void letsAnAddressFailTenTimesAtOnceAndOnceEverySixSecondsAfterwards() {
        FailureLimit limit = new FailureLimit(now::get);
        for (int i = 0; i < FailureLimit.AT_ONCE; i++) {
            assertThat(limit.wait("a")).isZero();
            limit.failed("a");
        }

        assertThat(limit.wait("a")).isPositive();
        assertThat(limit.wait("b")).isZero();

        now.addAndGet(FailureLimit.EVERY.toNanos());
        assertThat(limit.wait("a")).isZero();
    }
}
