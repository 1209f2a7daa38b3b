package com.listingsync.common.setting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "30s, PT30S",
        "15m, PT15M",
        " 6 h , PT6H",
        "7d, P7D",
        "36525d, P36525D",
    })
    void aWholeNumberAndAUnitAreADuration(String text, Duration duration) {
        assertThat(DurationText.parse(text)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "s", "-1s", "1.5h", "1h30m", "36526d", "9999999999999d", "99999999999999999999s"})
    void whatIsNoneOrLongerThanACenturyIsRefused(String text) {
        assertThat(DurationText.parse(text)).isEmpty();
    }
}
