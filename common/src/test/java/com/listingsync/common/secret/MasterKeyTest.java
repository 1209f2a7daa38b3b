package com.listingsync.common.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.listingsync.common.secret.SecretPlace.Holder;
import com.listingsync.common.setting.Secret;
import com.listingsync.common.setting.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterKeyTest {

    private static final SecretPlace PLACE = new SecretPlace(Holder.CONNECTION, "trreb-idx", "auth.token");
    private static final Secret SECRET = new Secret("t0p-s3cret \u00e9");

    private final MasterKey key = MasterKey.of(MasterKey.random());

    @Test
    void opensWhatItSealed() throws Exception {
        String sealed = key.seal(SECRET, PLACE);

        assertThat(sealed).matches("sealed:v1:[0-9a-f]{8}:[A-Za-z0-9_-]+").contains(":" + key.id() + ":");
        assertThat(key.open(sealed, PLACE)).isEqualTo(SECRET);
        assertThat(key.seal(SECRET, PLACE)).isNotEqualTo(sealed);
    }

    @Test
    void opensNothingAtAnotherPlace() {
        String sealed = key.seal(SECRET, PLACE);

        assertThatThrownBy(() -> key.open(sealed, new SecretPlace(Holder.CONNECTION, "trreb-vow", "auth.token")))
                .hasMessage("is damaged, or was sealed for another place than auth.token of connection trreb-vow");
        assertThatThrownBy(() ->
                        key.open(sealed, new SecretPlace(Holder.CONNECTION, "trreb-idx", "auth.oauth2.client_secret")))
                .isInstanceOf(UnsealException.class);
    }

    @Test
    void opensNothingOfAnotherKeyAndSaysWhichItWas() {
        MasterKey other = MasterKey.of(MasterKey.random());

        assertThatThrownBy(() -> other.open(key.seal(SECRET, PLACE), PLACE))
                .hasMessage("is sealed under master key " + key.id() + ", and the one given is " + other.id());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sealed:",
                "sealed:v2:00000000:AAAA",
                "sealed:v1:0000:AAAA",
                "sealed:v1:00000000:A A",
                "sealed:v1:00000000:A"
            })
    void saysThatAValueWasCutOffOrChanged(String sealed) {
        assertThatThrownBy(() -> key.open(sealed, PLACE)).hasMessageContaining("it was cut off or changed");
    }

    @Test
    void opensNothingThatWasChangedByOneBit() {
        String sealed = key.seal(SECRET, PLACE);

        for (int i = "sealed:v1:00000000:".length(); i < sealed.length() - 1; i++) {
            String changed = sealed.substring(0, i) + (sealed.charAt(i) == 'A' ? 'B' : 'A') + sealed.substring(i + 1);
            assertThatThrownBy(() -> key.open(changed, PLACE)).isInstanceOf(UnsealException.class);
        }
    }

    @Test
    void showsItsIdAlone() {
        Secret text = MasterKey.random();

        assertThat(MasterKey.of(text))
                .hasToString("master key " + MasterKey.of(text).id());
        assertThat(MasterKey.of(text).toString()).doesNotContain(text.reveal());
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "c2VjcmV0", "!!", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void isNothingButThirtyTwoBytesInBase64(String text) {
        assertThatThrownBy(() -> MasterKey.of(new Secret(text)))
                .hasMessage("expected a master key, 32 bytes in base64, as './listing-sync secrets new-key' makes one");
    }

    @Nested
    class FromTheEnvironment {

        @TempDir
        Path folder;

        private final String text = MasterKey.random().reveal();

        @Test
        void isTakenFromTheVariableOrTheFile() throws IOException {
            Path file = keyFile("rw-------");

            assertThat(MasterKeySettings.current(Map.of("SYNC_MASTER_KEY", text))
                            .id())
                    .isEqualTo(MasterKeySettings.current(Map.of("SYNC_MASTER_KEY_FILE", file.toString()))
                            .id());
        }

        @ParameterizedTest
        @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----"})
        void isRefusedFromAFileThatIsOpenToOthers(String permissions) throws IOException {
            Path file = keyFile(permissions);

            assertThatThrownBy(() -> MasterKeySettings.current(Map.of("SYNC_MASTER_KEY_FILE", file.toString())))
                    .isInstanceOf(SettingsException.class)
                    .hasMessage("SYNC_MASTER_KEY_FILE: the file " + file + " is open to others (" + permissions
                            + "); expected one that only its owner can read, as after chmod 600");
        }

        @Test
        void isAskedForInOneSentenceOfEachCase() {
            assertThatThrownBy(() -> MasterKeySettings.current(Map.of()))
                    .hasMessage(
                            "SYNC_MASTER_KEY: neither SYNC_MASTER_KEY nor SYNC_MASTER_KEY_FILE is set, and there are"
                                    + " secrets to seal or to open");
            assertThatThrownBy(() ->
                            MasterKeySettings.current(Map.of("SYNC_MASTER_KEY", text, "SYNC_MASTER_KEY_FILE", "x")))
                    .hasMessage("SYNC_MASTER_KEY: set either SYNC_MASTER_KEY or SYNC_MASTER_KEY_FILE, not both");
            assertThatThrownBy(() -> MasterKeySettings.current(Map.of("SYNC_MASTER_KEY_FILE", "/nowhere/key")))
                    .hasMessage("SYNC_MASTER_KEY_FILE: the file /nowhere/key can't be read");
            assertThatThrownBy(() -> MasterKeySettings.next(Map.of("SYNC_NEW_MASTER_KEY", "s3cret")))
                    .hasMessageStartingWith("SYNC_NEW_MASTER_KEY: expected a master key, 32 bytes in base64")
                    .message()
                    .doesNotContain("s3cret");
        }

        private Path keyFile(String permissions) throws IOException {
            Path file = Files.writeString(folder.resolve("master.key"), text + "\n");
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        }
    }
}
