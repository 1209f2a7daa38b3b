package com.listingsync.common.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.listingsync.common.event.Entity;
import com.listingsync.common.event.View;
import com.listingsync.common.setting.SettingsException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MappingFileTest {

    private static final String SMALL = """
            version: 1
            tables:
              homes:
                entity: property
                key: id
                guard: row_version
                deleted_at: gone_at
                stage: 2
                keep: {City: [Toronto, Oslo]}
                drop: {Hidden: true}
                deleted_when: {State: Gone}
                columns:
                  id: {from: [ListingKey, Id], required: true}
                  price: {from: Price, type: decimal, on_error: "null", view: vow}
                  source: {constant: TRREB}
                  street: {concat: [Number, Street], separator: "-"}
                  kind: {from: Kind, values: {F: Freehold}}
                  gone_at: {computed: deleted_at, type: timestamp}
                  row_version: {computed: row_version, type: integer}
            """;

    @Nested
    class SmallFile {

        private final TableMapping table =
                MappingFile.parse(SMALL, "small").of(Entity.PROPERTY).get(0);

        @Test
        void givesLayout() {
            assertThat(table.layout())
                    .isEqualTo(new TableLayout(
                            "homes",
                            List.of("id"),
                            List.of("id", "price", "source", "street", "kind", "gone_at", "row_version"),
                            Optional.of("row_version"),
                            Optional.of("gone_at"),
                            2));
            assertThat(table.layout().deleteColumns()).containsExactly("id", "gone_at", "row_version");
        }

        @Test
        void givesConditionsInLowerCase() {
            assertThat(table.keep()).containsExactly(new Condition("City", Set.of("toronto", "oslo")));
            assertThat(table.drop()).containsExactly(new Condition("Hidden", Set.of("true")));
            assertThat(table.deletedWhen()).containsExactly(new Condition("State", Set.of("gone")));
        }

        @Test
        void givesColumns() {
            assertThat(table.columns())
                    .extracting(ColumnMapping::source)
                    .startsWith(
                            new ColumnSource.Fields(List.of("ListingKey", "Id")),
                            new ColumnSource.Fields(List.of("Price")),
                            new ColumnSource.Constant("TRREB"),
                            new ColumnSource.Concat(List.of("Number", "Street"), "-"));
            assertThat(table.columns().get(1).view()).isEqualTo(View.VOW);
            assertThat(table.columns().get(1).onError()).isEqualTo(ColumnMapping.OnError.NULL);
            assertThat(table.columns().get(4).values()).containsEntry("F", "Freehold");
        }

        @Test
        void takesVocabularyOfTheStandardMapping() {
            assertThat(MappingFile.parse(SMALL, "small").statuses())
                    .isEqualTo(Mapping.standard().statuses());
        }

        @Test
        void hasFingerprintOfItsText() {
            assertThat(MappingFile.parse(SMALL, "small").fingerprint())
                    .hasSize(16)
                    .isNotEqualTo(MappingFile.parse(SMALL + "# more\n", "small").fingerprint());
        }
    }

    @Nested
    class Vocabulary {

        @Test
        void findsWordsInEverySpelling() {
            Statuses statuses = Mapping.standard().statuses();

            assertThat(List.of("ActiveUnderContract", "Active Under Contract", "active_under_contract"))
                    .allSatisfy(spelling -> assertThat(statuses.word(spelling)).hasValue("active_under_contract"));
            assertThat(statuses.word("Whatever")).isEmpty();
        }

        @Test
        void knowsEveryStandardStatusOfTheDataDictionary() {
            assertThat(List.of(
                            "Active",
                            "Active Under Contract",
                            "Canceled",
                            "Closed",
                            "Coming Soon",
                            "Delete",
                            "Expired",
                            "Hold",
                            "Incomplete",
                            "Pending",
                            "Withdrawn"))
                    .allSatisfy(
                            status -> assertThat(Mapping.standard().statuses().word(status))
                                    .isPresent());
        }

        @Test
        void namesWordOfTwoMeaningsAndUnknownWordInGroup() {
            String yaml = SMALL + """
                    statuses:
                      words: {active: [Open], closed: [open], "Bad Word": []}
                      unpublish: [gone]
                      fields: {media: [Status]}
                      colour: red
                    """;

            assertThatThrownBy(() -> MappingFile.parse(yaml, "m"))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining("'open' already means active")
                    .hasMessageContaining("statuses.words.Bad Word")
                    .hasMessageContaining("statuses.unpublish: 'gone' is not among the words")
                    .hasMessageContaining("statuses.fields.media: unknown; expected one of property, sheet")
                    .hasMessageContaining("statuses.colour: unknown");
        }
    }

    @Nested
    class StandardMapping {

        private final Mapping mapping = Mapping.standard();

        @Test
        void hasTableForEveryEntity() {
            assertThat(Entity.values())
                    .allSatisfy(entity -> assertThat(mapping.of(entity)).isNotEmpty());
        }

        @Test
        void writesParentsBeforeChildren() {
            int properties = mapping.layout("properties").orElseThrow().stage();

            assertThat(List.of("media", "property_rooms", "open_houses"))
                    .allSatisfy(table -> assertThat(
                                    mapping.layout(table).orElseThrow().stage())
                            .isGreaterThan(properties));
        }

        @Test
        void guardsEveryTable() {
            assertThat(mapping.layouts())
                    .allSatisfy(layout -> assertThat(layout.guard()).hasValue("row_version"));
        }
    }

    @Test
    void namesAllProblemsAtOnceWithTheirPlaces() {
        String yaml = """
                version: 2
                tables:
                  homes:
                    entity: house
                    key: id
                    guard: none
                    colour: red
                    columns:
                      a: {from: A, constant: B}
                      b: {from: B, type: money, on_error: shrug, view: all}
                      c: {computed: magic}
                """;

        assertThatThrownBy(() -> MappingFile.parse(yaml, "mapping.yaml"))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        e -> assertThat(e.problems())
                                .hasSize(9)
                                .allMatch(problem -> problem.startsWith("mapping.yaml: ")));
    }

    @Test
    void saysWhereYamlIsBroken() {
        assertThatThrownBy(() -> MappingFile.parse("tables: [", "mapping.yaml"))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("mapping.yaml: not valid YAML");
    }

    @Test
    void refusesATableThatDoesNotSpeakOfItsGuard() {
        assertThatThrownBy(() -> MappingFile.parse(SMALL.replace("    guard: row_version\n", ""), "small"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(
                        "tables.homes.guard: missing; expected: The column by which the database refuses older rows")
                .hasMessageContaining("'guard: none'");
    }

    @Test
    void takesATableWithoutAGuardThatSaysSo() {
        Mapping mapping = MappingFile.parse(SMALL.replace("guard: row_version", "guard: none"), "small");

        assertThat(mapping.of(Entity.PROPERTY).get(0).layout().guard()).isEmpty();
    }
}
