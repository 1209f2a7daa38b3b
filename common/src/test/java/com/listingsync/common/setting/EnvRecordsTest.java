package com.listingsync.common.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings come from variables, all problems at once, by name and never by value. */
class EnvRecordsTest {

    enum Mode {
        ON,
        OFF
    }

    record Inner(
            @Env(name = "T_COUNT", fallback = "3", doc = "A count.")
            int count) {}

    record Sample(
            @Env(name = "T_URL", doc = "Where it is.") URI url,
            @Env(name = "T_KEY", doc = "The key.") Secret key,

            @Env(name = "T_WAIT", fallback = "5s", doc = "A wait.")
            Duration pause,

            @Env(name = "T_SIZE", fallback = "1MiB", doc = "A size.")
            ByteSize size,

            @Env(name = "T_MODE", fallback = "on", doc = "A mode.")
            Mode mode,

            @Env(name = "T_NAMES", fallback = "", doc = "Names.")
            List<String> names,

            @Env(name = "T_FILE", fallback = "", doc = "A file.")
            Path file,

            @Env(name = "T_FLAG", fallback = "false", doc = "A flag.")
            boolean flag,

            Inner inner) {}

    private static final Map<String, String> NEEDED = Map.of("T_URL", "https://x.example/a", "T_KEY", "sesame");

    @Test
    void takeEveryDefault() {
        Sample sample = EnvRecords.read(Sample.class, NEEDED);

        assertThat(sample)
                .isEqualTo(new Sample(
                        URI.create("https://x.example/a"),
                        new Secret("sesame"),
                        Duration.ofSeconds(5),
                        new ByteSize(1 << 20),
                        Mode.ON,
                        List.of(),
                        Path.of(""),
                        false,
                        new Inner(3)));
    }

    @Test
    void takeEveryVariable() {
        Map<String, String> all = Map.of(
                "T_URL", "http://127.0.0.1:1",
                "T_KEY", "k",
                "T_WAIT", "250",
                "T_SIZE", "64KiB",
                "T_MODE", "Off",
                "T_NAMES", "a, b,,c",
                "T_FILE", "x/y",
                "T_FLAG", "yes",
                "T_COUNT", "9");

        Sample sample = EnvRecords.read(Sample.class, all);

        assertThat(sample)
                .isEqualTo(new Sample(
                        URI.create("http://127.0.0.1:1"),
                        new Secret("k"),
                        Duration.ofMillis(250),
                        new ByteSize(65_536),
                        Mode.OFF,
                        List.of("a", "b", "c"),
                        Path.of("x/y"),
                        true,
                        new Inner(9)));
    }

    @Test
    void reportAllProblemsAtOnceWithoutAnyValue() {
        Map<String, String> wrong =
                Map.of("T_URL", "pass:word", "T_WAIT", "soon", "T_COUNT", "many", "T_MODE", "perhaps");

        assertThatThrownBy(() -> EnvRecords.read(Sample.class, wrong))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        e -> assertThat(e.problems())
                                .containsExactly(
                                        "T_URL: expected an address such as https://host/path",
                                        "T_KEY is not set: The key.",
                                        "T_WAIT: expected a duration such as 500ms, 30s, 15m or 7d",
                                        "T_MODE: expected one of on, off",
                                        "T_COUNT: expected a number"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9999999999999999d", "99999999999999999999"})
    void refuseADurationThatNoClockCanCount(String text) {
        assertThatThrownBy(
                        () -> EnvRecords.read(Sample.class, Map.of("T_URL", "http://a", "T_KEY", "k", "T_WAIT", text)))
                .isInstanceOf(SettingsException.class)
                .hasMessage("T_WAIT: expected a duration such as 500ms, 30s, 15m or 7d");
    }

    @Test
    void takeAnEmptyVariableForOneThatIsNotSet() {
        assertThatThrownBy(() -> EnvRecords.read(Sample.class, Map.of("T_URL", " ", "T_KEY", "k")))
                .hasMessageContaining("T_URL is not set");
    }

    @Test
    void neverPrintASecret() {
        assertThat(EnvRecords.read(Sample.class, NEEDED).toString())
                .doesNotContain("sesame")
                .contains("***");
    }

    @Test
    void listTheirDeclarationsInOrder() {
        assertThat(EnvRecords.declarations(Sample.class))
                .extracting(EnvRecords.Declaration::name)
                .containsExactly(
                        "T_URL", "T_KEY", "T_WAIT", "T_SIZE", "T_MODE", "T_NAMES", "T_FILE", "T_FLAG", "T_COUNT");
    }

    @ParameterizedTest
    @CsvSource({"0,0", "512,512", "64KiB,65536", "1mib,1048576", "2GiB,2147483648"})
    void readSizes(String text, long bytes) {
        assertThat(ByteSize.parse(text).bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1MB", "many", "9999999999GiB"})
    void refuseWhatIsNoSize(String text) {
        assertThatThrownBy(() -> ByteSize.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
