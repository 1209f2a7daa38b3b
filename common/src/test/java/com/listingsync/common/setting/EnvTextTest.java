package com.listingsync.common.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
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
    void namesAFileThatItCanNotRead() {
        assertThatThrownBy(() -> EnvRecords.read(Keys.class, Map.of("KEY_FILE", "/nowhere/key")))
                .isInstanceOf(SettingsException.class)
                .hasMessage("KEY: KEY_FILE names the file /nowhere/key, which can't be read");
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
}
