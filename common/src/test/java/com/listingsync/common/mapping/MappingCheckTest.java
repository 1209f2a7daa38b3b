package com.listingsync.common.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappingCheckTest {

    private static final String HOMES = """
            version: 1
            tables:
              homes:
                entity: property
                key: id
                guard: row_version
                deleted_at: gone_at
                columns:
                  id: {from: ListingKey, required: true}
                  row_version: {computed: row_version, type: integer}
                  gone_at: {computed: deleted_at, type: timestamp}
            """;

    @Test
    void findsNothingWrongWithTheStandardMapping() {
        assertThat(MappingCheck.of(Mapping.standardText()).problems()).isEmpty();
    }

    @Test
    void saysOfEveryErrorWhereItIsWhatWasExpectedAndWhatWasFound() {
        String yaml = """
                version: 2
                tables:
                  homes:
                    entity: propery
                    key: ID
                    guard: none
                    colour: red
                    stage: first
                    columns:
                      id: {from: [], required: maybe}
                      price: {from: ListPrice, type: money}
                      sold: {from: ClosePrice, constant: 3}
                      both: ListKey
                      c: {computed: statuss}
                """;

        assertThat(MappingCheck.of(yaml).errors())
                .extracting(MappingProblem::toString)
                .containsExactlyInAnyOrder(
                        "line 1: version: expected 1; found '2'",
                        "line 4: tables.homes.entity: expected one of property, media, rooms, openhouse, sheet; found"
                                + " 'propery'; did you mean 'property'?",
                        "line 5: tables.homes.key: expected the name of a column; found 'ID', which is not among the columns",
                        "line 7: tables.homes.colour: unknown; expected one of entity, key, guard, deleted_at, stage, keep,"
                                + " drop, deleted_when, columns",
                        "line 8: tables.homes.stage: expected a whole number; found 'first'",
                        "line 10: tables.homes.columns.id.from: expected at least one value; found an empty list",
                        "line 10: tables.homes.columns.id.required: expected true or false; found 'maybe'",
                        "line 11: tables.homes.columns.price.type: expected one of text, integer, decimal, boolean, date,"
                                + " timestamp, json, text_array; found 'money'",
                        "line 12: tables.homes.columns.sold: expected exactly one of from, constant, concat, computed; found"
                                + " constant, from",
                        "line 13: tables.homes.columns.both: expected keys with values; found 'ListKey'",
                        "line 14: tables.homes.columns.c.computed: expected one of listing, status, own_status,"
                                + " status_source, in_idx, in_vow, row_version, deleted_at, run, connection, record; found"
                                + " 'statuss'; did you mean 'status'?");
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(MappingCheck.of("version: 1\ntables:\n  homes:\n    entity: property\n")
                        .errors())
                .extracting(MappingProblem::toString)
                .containsExactly(
                        "line 3: tables.homes.key: missing; expected: The primary key's column, or a list of columns",
                        "line 3: tables.homes.guard: missing; expected: The column by which the database refuses older rows;"
                                + " without one an older row that comes late or is replayed replaces a newer one and nobody"
                                + " is told, which 'guard: none' allows",
                        "line 3: tables.homes.columns: missing; expected: The columns by name, in the order in which they are"
                                + " written");
        assertThat(MappingCheck.of("").errors()).hasSize(1);
    }

    /** Column, and what is said of it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "x: {from: LisPrice, type: decimal} | 'LisPrice' is not in the Data Dictionary 2.0; did you mean 'ListPrice'?",
                "x: {from: OurOwnBoardField} | 'OurOwnBoardField' is not in the Data Dictionary 2.0; right if your MLS adds it",
                "x: {from: ListPrice, type: boolean} | 'ListPrice' holds a number by the Data Dictionary; the column takes boolean",
                "x: {from: Heating, type: integer} | 'Heating' holds a list of texts by the Data Dictionary; the column takes integer",
                "x: {from: City, type: date} | 'City' holds a text by the Data Dictionary; the column takes date",
                "x: {from: ClosePrice, type: decimal} | 'ClosePrice' is for registered clients only under most licences; mark the column view: vow"
            })
    void warnsOfColumns(String column, String warning) {
        MappingCheck check = MappingCheck.of(HOMES + "      " + column + "\n");

        assertThat(check.mapping()).isPresent();
        assertThat(check.warnings()).extracting(MappingProblem::message).containsExactly(warning);
        assertThat(check.warnings()).extracting(MappingProblem::line).containsExactly(12);
    }

    @Test
    void warnsOfTableThatNothingGuards() {
        MappingCheck check = MappingCheck.of(
                HOMES.replace("guard: row_version", "guard: none").replace("deleted_at: gone_at", "deleted_at: none"));

        assertThat(check.warnings())
                .extracting(MappingProblem::path)
                .containsExactly("tables.homes.guard", "tables.homes.deleted_at");
    }

    @Test
    void takesNullWithoutQuotesForTheErrorPolicy() {
        Mapping mapping = MappingCheck.of(HOMES + "      x: {from: City, on_error: null}\n")
                .mapping()
                .orElseThrow();

        assertThat(mapping.tables().get(0).columns().get(3).onError()).isEqualTo(ColumnMapping.OnError.NULL);
    }

    /** An editor that knows the schema must say the same as we do; the copy is the file people point their editors to. */
    @Test
    void isHeldByTheSchemaInTheDocs() throws IOException {
        assertThat(Path.of("..", "docs", "mapping.schema.json")).content().isEqualTo(MappingCheck.schema());
        assertThat(Files.readString(Path.of("..", "docs", "mapping.md"))).contains("# yaml-language-server: $schema=");
    }

    @Test
    void namesEveryTypeAndComputationInTheSchema() {
        String schema = MappingCheck.schema();

        assertThat(List.of(ColumnType.values()))
                .allSatisfy(type -> assertThat(schema).contains('"' + type.wireName() + '"'));
        assertThat(List.of(Computation.values()))
                .allSatisfy(computation -> assertThat(schema).contains('"' + computation.wireName() + '"'));
    }
}
