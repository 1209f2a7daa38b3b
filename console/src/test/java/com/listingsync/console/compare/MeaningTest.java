package com.listingsync.console.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.listingsync.common.mapping.ColumnType;
import com.listingsync.common.wire.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When two values of two syncs say the same, and when they are only written differently. */
class MeaningTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "DECIMAL | 1.0 | 1",
                "DECIMAL | \"1.50\" | 1.5",
                "INTEGER | 12.0 | 12",
                "TIMESTAMP | \"2026-11-22T03:00:00-05:00\" | \"2026-11-22T08:00:00Z\"",
                "TIMESTAMP | \"2026-11-22 08:00:00+00\" | \"2026-11-22T08:00:00Z\"",
                "TIMESTAMP | \"2026-11-22T08:00:00\" | \"2026-11-22T08:00:00+00:00\"",
                "TIMESTAMP | \"2026-11-22T08:00:00.5\" | \"2026-11-22T08:00:00.500Z\"",
                "JSON | {\"a\":1,\"b\":2.0} | {\"b\":2,\"a\":1.0}",
                "TEXT_ARRAY | [\"a\",\"b\"] | [\"a\",\"b\"]",
                "BOOLEAN | true | true",
                "TEXT | null | ",
            })
    void isTheSame(ColumnType type, String one, String other) throws JsonProcessingException {
        assertThat(Meaning.exact(type, json(one))).isEqualTo(Meaning.exact(type, json(other)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "TEXT | \"10  King St \" | \"10 King St\"",
                "TEXT | \"\" | null",
                "TEXT | \"1.0\" | \"1\"",
                "TEXT | \"2026-11-22 08:00:00+00:00\" | \"2026-11-22T08:00:00Z\"",
                "TEXT | \"2026-11-22\" | \"2026-11-22T00:00:00Z\"",
                "TEXT | \"e\\u0301\" | \"\\u00e9\"",
                "TEXT_ARRAY | [] | null",
                "BOOLEAN | \"Yes\" | true",
            })
    void differsOnlyInFormatting(ColumnType type, String one, String other) throws JsonProcessingException {
        assertThat(Meaning.exact(type, json(one))).isNotEqualTo(Meaning.exact(type, json(other)));
        assertThat(Meaning.loose(type, json(one))).isEqualTo(Meaning.loose(type, json(other)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "TEXT | \"Oslo\" | \"oslo\"",
                "TEXT | \"0\" | null",
                "DECIMAL | 1 | 1.01",
                "TIMESTAMP | \"2026-11-22T08:00:00-05:00\" | \"2026-11-22T08:00:00Z\"",
                "TEXT_ARRAY | [\"a\",\"b\"] | [\"b\",\"a\"]",
                "BOOLEAN | false | null",
                "JSON | {\"a\":1} | {\"a\":2}",
            })
    void saysSomethingElse(ColumnType type, String one, String other) throws JsonProcessingException {
        assertThat(Meaning.exact(type, json(one))).isNotEqualTo(Meaning.exact(type, json(other)));
        assertThat(Meaning.loose(type, json(one))).isNotEqualTo(Meaning.loose(type, json(other)));
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return text == null || text.isBlank() ? MissingNode.getInstance() : Json.MAPPER.readTree(text);
    }
}
