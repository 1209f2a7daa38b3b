package com.listingsync.console.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.mapping.ColumnType;
import com.listingsync.common.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was sent and what PostgreSQL gives back. */
class CanonicalTest {

    @ParameterizedTest(name = "{0}: {1} is {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "DECIMAL | 1.50 | 1.5",
                "DECIMAL | 100 | 1E+2",
                "DECIMAL | 0.00 | 0",
                "INTEGER | 12 | 12.0",
                "TIMESTAMP | \"2026-11-22T08:00:00Z\" | \"2026-11-22T08:00:00+00:00\"",
                "TIMESTAMP | \"2026-11-22T03:00:00.5-05:00\" | \"2026-11-22T08:00:00.500000+00:00\"",
                "TIMESTAMP | \"2026-11-22T08:00:00.1234567Z\" | \"2026-11-22T08:00:00.123457+00:00\"",
                "TIMESTAMP | \"2026-11-22T08:00:00.9999999Z\" | \"2026-11-22T08:00:01+00:00\"",
                "BOOLEAN | true | true",
                "DATE | \"2026-11-22\" | \"2026-11-22\"",
                "JSON | {\"b\":1.50,\"a\":[null,true]} | {\"a\":[null,true],\"b\":1.5}",
                "TEXT_ARRAY | [\"a\",\"b\"] | [\"a\", \"b\"]",
            })
    void areTheSame(ColumnType type, String sent, String found) {
        assertThat(text(type, found)).isEqualTo(text(type, sent));
    }

    @ParameterizedTest(name = "{0}: {1} is not {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "DECIMAL | 1.50 | 1.51",
                "TEXT | \"1.50\" | \"1.5\"",
                "TEXT | \"\" | null",
                "TEXT | \"-\" | null",
                "BOOLEAN | false | null",
                "TIMESTAMP | \"2026-11-22T08:00:00Z\" | \"2026-11-22T08:00:00.000001Z\"",
                "JSON | {\"a\":\"1\"} | {\"a\":1}",
                "JSON | {\"a\":null} | {}",
                "TEXT_ARRAY | [\"a\",\"b\"] | [\"b\",\"a\"]",
                "TEXT_ARRAY | [] | null",
            })
    void differ(ColumnType type, String sent, String found) {
        assertThat(text(type, found)).isNotEqualTo(text(type, sent));
    }

    private static String text(ColumnType type, String json) {
        try {
            return Canonical.text(type, Json.MAPPER.readTree(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
