package com.listingsync.processor.map;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.event.Entity;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.wire.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordMapperTest {

    private static final RowContext CONTEXT =
            new RowContext("L1", "active", null, "mls", true, false, 42, "run-1", "mls");

    @TempDir
    private Path folder;

    private final List<String> warnings = new ArrayList<>();

    /** Every row: type, JSON of the source value, JSON of the column; {@code !} means refused. */
    @ParameterizedTest(name = "{0} of {1} is {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "text | \"plain\" | \"plain\"",
                "text | \"\" | \"\"",
                "text | 12.50 | \"12.50\"",
                "text | true | \"true\"",
                "text | [\"a\", 2, null, \"b\"] | \"a, 2, b\"",
                "text | {\"a\": 1} | \"{\\\"a\\\":1}\"",
                "text | null | null",
                "text | \"a\\u0000b\" | \"ab\"",
                "text | \"a\\ud800b\" | \"a\uFFFDb\"",
                "text | \"\\ud83c\\udfe0\" | \"\uD83C\uDFE0\"",
                "integer | 12 | 12",
                "integer | 12.0 | 12",
                "integer | \"12\" | 12",
                "integer | \"1,200\" | 1200",
                "integer | 1.2e1 | 12",
                "integer | 12.5 | !",
                "integer | \"3+1\" | !",
                "integer | 9223372036854775807 | 9223372036854775807",
                "integer | 9223372036854775808 | !",
                "integer | 1e999999999 | !",
                "integer | true | !",
                "integer | \"\" | null",
                "decimal | 1250000.00 | 1250000.00",
                "decimal | 43.65107012345678901 | 43.65107012345678901",
                "decimal | -0.10 | -0.10",
                "decimal | 1.5E3 | 1500",
                "decimal | \"$1,250,000.00\" | 1250000.00",
                "decimal | \" 007 \" | 7",
                "decimal | \"Contact agent\" | !",
                "decimal | \"1.250,00\" | !",
                "decimal | [1] | !",
                "decimal | 1e999999999 | !",
                "boolean | true | true",
                "boolean | \"Y\" | true",
                "boolean | \"Yes\" | true",
                "boolean | \"FALSE\" | false",
                "boolean | 0 | false",
                "boolean | \"maybe\" | !",
                "date | \"2026-11-22\" | \"2026-11-22\"",
                "date | \"2026-11-22T23:59:59-05:00\" | \"2026-11-22\"",
                "date | \"TBD\" | !",
                "date | \"2026-02-30\" | !",
                "date | \"11/22/2026\" | !",
                "date | 45983 | \"2025-11-22\"",
                "date | -1 | !",
                "timestamp | \"2026-11-22T10:00:00Z\" | \"2026-11-22T10:00:00Z\"",
                "timestamp | \"2026-11-22T10:00:00.123456-05:00\" | \"2026-11-22T10:00:00.123456-05:00\"",
                "timestamp | \"2026-11-22T10:00:00.07\" | \"2026-11-22T10:00:00.07Z\"",
                "timestamp | \"2026-11-22 10:00\" | \"2026-11-22T10:00Z\"",
                "timestamp | \"2026-11-22\" | \"2026-11-22T00:00:00Z\"",
                "timestamp | \"14:00:00.00\" | !",
                "timestamp | \"2026-11-22T25:00:00Z\" | !",
                "timestamp | \"2026-11-22T10:00:00Q\" | !",
                "timestamp | \"TBD\" | !",
                "json | {\"a\": [1, 2.50]} | {\"a\":[1,2.50]}",
                "json | \"text\" | \"text\"",
                "json | {\"a\": \"x\\u0000y\"} | {\"a\":\"xy\"}",
                "text_array | \"Gas\" | [\"Gas\"]",
                "text_array | [\"Gas\", \"Wood\"] | [\"Gas\",\"Wood\"]",
                "text_array | [\"Gas\", null, 3] | [\"Gas\",\"3\"]",
                "text_array | [] | []",
                "text_array | null | null",
                "text_array | \"\" | null"
            })
    void writesValueAsItsColumnsType(String type, String source, String expected) throws Exception {
        RecordMapper mapper = mapper("x: {from: X, type: " + type + "}");

        MapOutcome outcome = mapper.rows(CONTEXT, mapper.read(bytes("{\"K\":\"k\",\"X\":" + source + "}")), null);

        String written = outcome.fold(
                rows -> json(rows.rows().get(0)).get("x").toString(),
                refused -> refused.column().equals("x") ? "!" : "?");
        assertThat(written)
                .isEqualTo(
                        expected.equals("!")
                                ? "!"
                                : Json.MAPPER.readTree(expected).toString());
    }

    @Test
    void writesColumnsInOrderWithNullForWhatIsAbsent() throws Exception {
        RecordMapper mapper = mapper("b: {from: B}", "a: {from: A}", "r: {computed: row_version, type: integer}");

        assertThat(row(mapper, "{\"A\":\"1\",\"K\":\"k\"}")).isEqualTo("{\"k\":\"k\",\"b\":null,\"a\":\"1\",\"r\":42}");
    }

    @Test
    void takesFirstFieldThatIsNotNull() throws Exception {
        RecordMapper mapper = mapper("x: {from: [A, B, C]}");

        assertThat(row(mapper, "{\"K\":\"k\",\"A\":null,\"C\":\"c\",\"B\":\"b\"}"))
                .contains("\"x\":\"b\"");
    }

    @Test
    void joinsFieldsAndLeavesBlankOnesOut() throws Exception {
        RecordMapper mapper = mapper("x: {concat: [A, B, C]}", "y: {concat: [D], separator: '-'}");

        assertThat(row(mapper, "{\"K\":\"k\",\"A\":12,\"B\":\" \",\"C\":\"Main St\"}"))
                .isEqualTo("{\"k\":\"k\",\"x\":\"12 Main St\",\"y\":null}");
    }

    @Test
    void replacesTextsByTheValueMap() throws Exception {
        RecordMapper mapper =
                mapper("x: {from: A, values: {F: Freehold}}", "y: {from: B, type: text_array, values: {F: Freehold}}");

        assertThat(row(mapper, "{\"K\":\"k\",\"A\":\"F\",\"B\":[\"F\",\"G\"]}"))
                .isEqualTo("{\"k\":\"k\",\"x\":\"Freehold\",\"y\":[\"Freehold\",\"G\"]}");
    }

    @Test
    void writesConstants() throws Exception {
        RecordMapper mapper = mapper("x: {constant: 7, type: integer}", "y: {constant: TRREB}");

        assertThat(row(mapper, "{\"K\":\"k\"}")).isEqualTo("{\"k\":\"k\",\"x\":7,\"y\":\"TRREB\"}");
    }

    @Test
    void writesWholeRecordAsItStands() throws Exception {
        RecordMapper mapper = mapper("x: {computed: record, type: json}");

        assertThat(row(mapper, "{\"K\":\"k\", \"n\":1.10}")).isEqualTo("{\"k\":\"k\",\"x\":{\"K\":\"k\", \"n\":1.10}}");
    }

    @Test
    void writesNullInsteadOfBadValueWhereTheMappingSaysSo() throws Exception {
        RecordMapper mapper = mapper("x: {from: X, type: date, on_error: 'null'}");

        assertThat(row(mapper, "{\"K\":\"k\",\"X\":\"TBD\"}")).isEqualTo("{\"k\":\"k\",\"x\":null}");
        assertThat(warnings).containsExactly("t.x");
    }

    @Test
    void refusesRecordWithoutKey() throws Exception {
        RecordMapper mapper = mapper("x: {from: X}");

        MapOutcome outcome = mapper.rows(CONTEXT, mapper.read(bytes("{\"X\":\"1\"}")), null);

        assertThat(outcome).isInstanceOf(MapOutcome.Refused.class);
        assertThat(((MapOutcome.Refused) outcome).code()).isEqualTo("missing-required");
    }

    @Test
    void findsFieldsInRecordOfManyOthers() throws Exception {
        RecordMapper mapper = mapper("x: {from: X}");
        StringBuilder json = new StringBuilder("{\"K\":\"k\"");
        for (int i = 0; i < 300; i++) {
            json.append(",\"F").append(i).append("\":{\"X\":[\"no\"]}");
        }

        assertThat(row(mapper, json + ",\"X\":\"yes\"}")).contains("\"x\":\"yes\"");
    }

    @ParameterizedTest
    @CsvSource({
        "Active, active",
        "ActiveUnderContract, active_under_contract",
        "Active Under Contract, active_under_contract",
        "Coming Soon, coming_soon",
        "Closed, closed",
        "Canceled, canceled",
        "Sold, closed",
        "Leased, closed",
        "Terminated, canceled",
        "Suspended, hold",
        "New, active",
        "Price Change, active",
        "price-change, active",
        "Sold Conditional, active_under_contract",
        "Delete, deleted",
        "OffTheTable, off_the_table",
        "Vendu!, vendu"
    })
    void knowsStatusesInEverySpelling(String spelling, String word) throws Exception {
        RecordMapper mapper = new RecordMapper(Mapping.standard(), Entity.PROPERTY, (table, column) -> {});

        assertThat(mapper.status(mapper.read(bytes("{\"StandardStatus\":\"" + spelling + "\"}"))))
                .map(StatusClaim::word)
                .hasValue(word);
    }

    private RecordMapper mapper(String... columns) throws Exception {
        String yaml = "version: 1\ntables:\n  t:\n    entity: rooms\n    key: k\n    guard: none\n    columns:\n"
                + "      k: {from: K, required: true}\n      " + String.join("\n      ", columns) + "\n";
        Path file = Files.writeString(folder.resolve("mapping.yaml"), yaml);
        return new RecordMapper(
                Mapping.load(file), Entity.ROOMS, (table, column) -> warnings.add(table + "." + column));
    }

    private static String row(RecordMapper mapper, String record) throws Exception {
        return mapper.rows(CONTEXT, mapper.read(bytes(record)), null)
                .fold(
                        rows -> new String(rows.rows().get(0).json(), StandardCharsets.UTF_8),
                        MapOutcome.Refused::message);
    }

    private static JsonNode json(MappedRow row) {
        try {
            return Json.MAPPER.readTree(row.json());
        } catch (java.io.IOException e) {
            throw new AssertionError("a row is JSON", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
