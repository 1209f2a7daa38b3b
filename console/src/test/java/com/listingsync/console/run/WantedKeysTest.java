package com.listingsync.console.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.listingsync.common.setting.SettingsException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WantedKeysTest {

    @Test
    void keepsEachKeyOnceWithoutBlanksAroundIt() {
        assertThat(WantedKeys.of(List.of("AA13226", " AA4885 ", "AA13226", "12 Main St")))
                .containsExactly("AA13226", "AA4885", "12 Main St");
    }

    @Test
    void refusesAnEmptyKey() {
        assertThatThrownBy(() -> WantedKeys.of(List.of("AA13226", " ")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("--keys: expected listing keys or property numbers")
                .hasMessageContaining("found an empty one");
    }

    @Test
    void refusesAKeyThatNoSystemHas() {
        assertThatThrownBy(() -> WantedKeys.of(List.of("a\nb"))).hasMessageContaining("found one that is none");
        assertThatThrownBy(() -> WantedKeys.of(List.of("x".repeat(256)))).hasMessageContaining("1 to 255 characters");
    }

    @Test
    void refusesMoreKeysThanAnybodyTypes() {
        List<String> many = IntStream.rangeClosed(0, WantedKeys.MOST)
                .mapToObj(Integer::toString)
                .toList();

        assertThatThrownBy(() -> WantedKeys.of(many)).hasMessageContaining("at most 1000 keys, found 1001");
    }
}
