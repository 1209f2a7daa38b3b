package com.listingsync.common.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A secret may be in a file that a variable names. */
class EnvTextTest {

    /** Two secrets, of which one decides about its file itself. */
    record Keys(
            @Env(name = "KEY", doc = "A key.") Secret key,

            @Env(name = "MASTER", fallback = "", ownFile = true, doc = "A master key.")
            Secret master,

            @Env(name = "PLAIN", fallback = "nothing", doc = "No secret.")
            String plain) {}

    @TempDir
    private Path folder;

    private String file;

    @BeforeEach
    void writeSecret() throws IOException {
        file = Files.writeString(folder.resolve("key"), "hidden\n").toString();
    }

    @Test
    void readsASecretFromItsFile() {
        Keys keys = EnvRecords.read(Keys.class, Map.of("KEY_FILE", file));

        assertThat(keys.key().reveal()).isEqualTo("hidden");
    }

    @Test
    void readsNothingElseFromAFile() {
        Keys keys = EnvRecords.read(Keys.class, Map.of("KEY", "k", "PLAIN_FILE", file, "MASTER_FILE", file));

        assertThat(keys.plain()).isEqualTo("nothing");
        assertThat(keys.master().reveal()).isEmpty();
    }

    @Test
    void wantsOneOfTheTwo() {
        assertThatThrownBy(() -> EnvRecords.read(Keys.class, Map.of("KEY", "k", "KEY_FILE", file)))
                .isInstanceOf(SettingsException.class)
                .hasMessage("KEY: set either KEY or KEY_FILE, not both");
    }

    @Test
    void saysWhatIsWrongWithAFile() throws IOException {
        String empty = Files.writeString(folder.resolve("empty"), "\n").toString();
        String binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xFF, 1})
                .toString();

        assertThat(problemOf("/nowhere/key")).isEqualTo("which does not exist");
        assertThat(problemOf(folder.toString())).isEqualTo("which is a folder");
        assertThat(problemOf(empty)).isEqualTo("which is empty");
        assertThat(problemOf(binary)).isEqualTo("which is not UTF-8 text");
    }

    /** Root may read everything, so this one is tried where tests run as somebody else. */
    @Test
    void saysThatAFileIsForOthersEyes() throws IOException {
        Path closed = Files.writeString(folder.resolve("closed"), "hidden");
        Files.setPosixFilePermissions(closed, Set.of());
        assumeFalse(Files.isReadable(closed), "this user may read every file");

        assertThat(problemOf(closed.toString())).isEqualTo("which the user of this process may not read");
    }

    @Test
    void readsAKafkaPropertyFromItsFile() {
        Map<String, Object> properties = KafkaSettings.clientProperties(Map.of("KAFKA_SASL_JAAS_CONFIG_FILE", file));

        assertThat(properties).isEqualTo(Map.of("sasl.jaas.config", "hidden"));
    }

    @Test
    void refusesAGuaranteeTurnedOffByAFileToo() {
        Map<String, String> environment = new HashMap<>(Map.of("KAFKA_ACKS_FILE", file));

        assertThatThrownBy(() -> KafkaSettings.clientProperties(environment))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("KAFKA_ACKS: this property is decided by Listing Sync");
    }

    private static String problemOf(String path) {
        Throwable problem = catchThrowable(() -> EnvRecords.read(Keys.class, Map.of("KEY_FILE", path)));
        String begin = "KEY: KEY_FILE names the file " + path + ", ";
        assertThat(problem).isInstanceOf(SettingsException.class).hasMessageStartingWith(begin);
        return String.valueOf(problem.getMessage()).substring(begin.length());
    }
}
