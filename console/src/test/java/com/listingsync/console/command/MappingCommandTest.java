package com.listingsync.console.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.mapping.MappingCheck;
import com.listingsync.common.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappingCommandTest {

    private static final String HOMES = """
            version: 1
            tables:
              homes:
                entity: property
                key: id
                guard: row_version
                deleted_at: gone_at
                keep: {City: [Toronto]}
                columns:
                  id: {from: ListingKey, required: true}
                  price: {from: ListPrice, type: decimal}
                  sold: {from: CloseDate, type: date, on_error: null, view: vow}
                  row_version: {computed: row_version, type: integer}
                  gone_at: {computed: deleted_at, type: timestamp}
            """;

    @TempDir
    private Path folder;

    @Nested
    class Check {

        @Test
        void isGladOfTheDefaultMapping() {
            CommandLineRun run = CommandLineRun.of(Map.of(), "mapping", "check");

            assertThat(run).isEqualTo(new CommandLineRun(0, "default mapping: 0 errors, 0 warnings\n", ""));
        }

        @Test
        void saysEverythingThatIsWrongAtOnce() throws IOException {
            Path file = file("mapping.yaml", HOMES.replace("decimal", "money").replace("key: id", "key: ID"));

            CommandLineRun run = CommandLineRun.of(Map.of(), "mapping", "check", file.toString());

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out().lines())
                    .hasSize(3)
                    .anyMatch(
                            line -> line.startsWith("error    line 5: tables.homes.key: expected the name of a column"))
                    .anyMatch(line -> line.contains("line 11: tables.homes.columns.price.type: expected one of text,"))
                    .last()
                    .isEqualTo(file + ": 2 errors, 0 warnings");
        }

        @Test
        void checksWhatTheSettingNames() throws IOException {
            Path file = file("mapping.yaml", HOMES.replace("ListPrice", "LisPrice"));

            CommandLineRun run = CommandLineRun.of(Map.of("SYNC_MAPPING", file.toString()), "mapping", "check");

            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).contains("did you mean 'ListPrice'?").contains("0 errors, 1 warning");
        }

        @Test
        void showsWhatSampleRecordsBecome() throws IOException {
            Path mapping = file("mapping.yaml", HOMES);
            Path sample = file("page.json", """
                    {"@odata.context": "x", "value": [
                      {"ListingKey": "W1", "City": "Toronto", "ListPrice": 899000.00, "CloseDate": "TBD"},
                      {"ListingKey": "W2", "City": "Oslo"},
                      {"ListingKey": "W3", "City": "Toronto", "ListPrice": "ask"}]}
                    """);

            CommandLineRun run =
                    CommandLineRun.of(Map.of(), "mapping", "check", mapping.toString(), "--sample", sample.toString());

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out()).isEqualTo("""
                    record 1 (property): becomes
                      homes W1
                        id = "W1"
                        price = 899000.00
                        sold = null
                        row_version = 1
                        gone_at = null
                      warning: the value for homes.sold does not fit and becomes null
                    record 2 (property): filtered, by the mapping's conditions
                    record 3 (property): refused, bad-value: column homes.price takes a number; the record has something else
                    %s: 0 errors, 0 warnings; 3 sample records, 1 refused
                    """.formatted(mapping));
        }

        @Test
        void takesOneRecordALineAndPrintsJson() throws IOException {
            Path sample = file("records.jsonl", """
                    {"MediaKey": "M1", "ResourceName": "Property", "ResourceRecordKey": "W1", "Order": 2}
                    {"property_number": "AA1", "Status": "Sold"}
                    """);

            CommandLineRun run =
                    CommandLineRun.of(Map.of(), "mapping", "check", "--json", "--sample", sample.toString());

            JsonNode json = Json.MAPPER.readTree(run.out());
            assertThat(run.exitCode()).isZero();
            assertThat(json.path("valid").asBoolean()).isTrue();
            assertThat(json.at("/sample/0/rows/0/row/listing_key").asText()).isEqualTo("W1");
            assertThat(json.at("/sample/1/entity").asText()).isEqualTo("sheet");
            assertThat(json.at("/sample/1/rows/0/row/status").asText()).isEqualTo("closed");
        }

        @Test
        void endsWithTwoWhenAFileIsNotThere() throws IOException {
            Path mapping = file("mapping.yaml", HOMES);

            assertThat(CommandLineRun.of(Map.of(), "mapping", "check", "none.yaml"))
                    .isEqualTo(new CommandLineRun(2, "", "listing-sync: there is no mapping file none.yaml\n"));
            assertThat(CommandLineRun.of(Map.of(), "mapping", "check", mapping.toString(), "--sample", "none.json"))
                    .isEqualTo(new CommandLineRun(2, "", "listing-sync: --sample: there is no file none.json\n"));
            assertThat(CommandLineRun.of(
                                    Map.of(), "mapping", "check", "--entity", "house", "--sample", mapping.toString())
                            .exitCode())
                    .isEqualTo(2);
        }

        private Path file(String name, String text) throws IOException {
            return Files.writeString(folder.resolve(name), text);
        }
    }

    @Nested
    class Show {

        @Test
        void printsTheDefaultMappingAndTheSchema() {
            assertThat(CommandLineRun.of(Map.of(), "mapping", "show").out()).isEqualTo(Mapping.standardText());
            assertThat(CommandLineRun.of(Map.of(), "mapping", "show", "--schema")
                            .out())
                    .isEqualTo(MappingCheck.schema());
        }

        @Test
        void listsColumnsAndWhichAreForRegisteredClientsOnly() throws IOException {
            CommandLineRun people = CommandLineRun.of(Map.of(), "mapping", "show", "--columns");
            CommandLineRun scripts = CommandLineRun.of(Map.of(), "mapping", "show", "--columns", "--json");

            assertThat(people.out().lines().filter(line -> line.endsWith("vow")))
                    .extracting(line -> line.split(" +")[1])
                    .containsExactly("close_price", "close_date", "days_on_market");
            assertThat(Json.MAPPER.readTree(scripts.out()))
                    .filteredOn(column -> column.path("vowOnly").asBoolean())
                    .hasSize(3);
        }
    }

    @Test
    void wantsToBeToldWhatToDo() {
        assertThat(CommandLineRun.of(Map.of(), "mapping").exitCode()).isEqualTo(2);
    }
}
