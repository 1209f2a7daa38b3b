package com.listingsync.producer.mls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceTimeTest {

    private static final String[] PIECES = {
        "2026",
        "-",
        "11",
        "02",
        "29",
        "30",
        "31",
        "00",
        "13",
        "T",
        " ",
        ":",
        "24",
        "23",
        "59",
        "60",
        ".",
        "1",
        "123",
        "123456789",
        "1234567890",
        "Z",
        "z",
        "+",
        "05:00",
        "-05:00",
        "+18:00",
        "+19:00",
        "+00:60",
        "é",
        "٣"
    };

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T08:00:00Z,             2026-11-22T08:00:00Z",
        "2026-11-22T08:00:00,              2026-11-22T08:00:00Z",
        "2026-11-22T08:00:00.5Z,           2026-11-22T08:00:00.500Z",
        "2026-11-22T08:00:00.123456789Z,   2026-11-22T08:00:00.123456789Z",
        "2026-11-22T03:00:00-05:00,        2026-11-22T08:00:00Z",
        "2026-11-22T13:30:00.25+05:30,     2026-11-22T08:00:00.250Z",
        "2026-11-22T08:00:00.Z,            2026-11-22T08:00:00Z",
        "2026-11-22T08:00Z,                2026-11-22T08:00:00Z",
        "2026-11-22T03:00:00-05:00:00,     2026-11-22T08:00:00Z"
    })
    void a_timestamp_is_an_instant_and_without_a_zone_it_is_in_UTC(String text, Instant instant) {
        assertThat(SourceTime.parse(text)).contains(instant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-11-22",
                "2026-02-30T08:00:00Z",
                "2026-13-01T08:00:00Z",
                "2026-11-22T24:00:00Z",
                "2026-11-22T08:60:00Z",
                "2026-11-22T08:00:00.1234567890Z",
                "2026-11-22T08:00:00+19:00",
                "2026-11-22T08:00:00+05:0x",
                "2026-11-22T0٣:00:00Z",
                "-026-11-22T08:00:00Z"
            })
    void what_is_no_timestamp_is_none(String text) {
        assertThat(SourceTime.parse(text)).isEmpty();
    }

    /** The own reading of the usual shape may never differ from the library's. */
    @Test
    void any_text_reads_as_java_time_reads_it() {
        Random random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            String text = random.nextBoolean() ? likely(random) : pieces(random);

            assertThat(SourceTime.parse(text)).as(text).isEqualTo(byJavaTime(text));
        }
    }

    private static String likely(Random random) {
        StringBuilder text = new StringBuilder(OffsetDateTime.ofInstant(
                        Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
                        ZoneOffset.ofTotalSeconds(60 * (random.nextInt(2_161) - 1_080)))
                .toString());
        if (random.nextInt(4) == 0) {
            text.setCharAt(random.nextInt(text.length()), (char) ('+' + random.nextInt(16)));
        }
        return text.toString();
    }

    private static String pieces(Random random) {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "2026-11-22T08:00:" : "2026-");
        for (int i = random.nextInt(6); i >= 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static Optional<Instant> byJavaTime(String text) {
        try {
            return Optional.of(
                    text.endsWith("Z") || text.matches("[^T]*T.*[+-].*")
                            ? OffsetDateTime.parse(text).toInstant()
                            : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            // No timestamp, and neither for the reader that is tried.
            return Optional.empty();
        }
    }
}
