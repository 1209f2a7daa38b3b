package com.listingsync.console.moment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T08:00:00Z, 2026-11-22T08:00:00Z",
        "2026-11-22T08:00:00-05:00, 2026-11-22T13:00:00Z",
        "2026-11-22, 2026-11-22T00:00:00Z",
        "90s, 2026-11-22T09:58:30Z",
        "30m, 2026-11-22T09:30:00Z",
        "6h, 2026-11-22T04:00:00Z",
        "7d, 2026-11-15T10:00:00Z",
        "36525d, 1926-11-22T10:00:00Z",
    })
    void a_time_a_day_and_how_long_ago_are_moments(String text, Instant moment) {
        assertThat(Moment.of(text, NOW)).isEqualTo(moment);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "6",
                "h",
                "-6h",
                "6H",
                "36526d",
                "9999999999999999999999h",
                "2026-11-22T08:00:00",
                "2026-13-01"
            })
    void what_is_none_is_named_with_what_was_expected(String text) {
        assertThatThrownBy(() -> Moment.of(text, NOW))
                .isInstanceOf(DateTimeException.class)
                .hasMessage(
                        "expected a time such as 2026-11-22T08:00:00Z, a day, or how long ago (30m, 6h, 7d); found '"
                                + text + "'");
    }
}
