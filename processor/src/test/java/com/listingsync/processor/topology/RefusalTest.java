package com.listingsync.processor.topology;

import static com.listingsync.processor.topology.TestSource.media;
import static com.listingsync.processor.topology.TestSource.property;
import static com.listingsync.processor.topology.TestSource.room;
import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.event.Entity;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.run.Tally;
import com.listingsync.common.wire.RecordHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusalTest {

    private final TopologyHarness topology = new TopologyHarness();

    @AfterEach
    void close() {
        topology.close();
    }

    @Test
    void deadLettersRecordWithBadValueAndNamesTheColumn() {
        topology.send(property("L1", 1, "\"ListPrice\":\"Contact agent\""));

        TopologyHarness.Letter letter = topology.deadLetters().get(0);
        assertThat(letter.code()).isEqualTo("bad-value");
        assertThat(letter.column()).isEqualTo("list_price");
        assertThat(letter.message()).contains("properties.list_price").doesNotContain("Contact agent");
        assertThat(letter.value())
                .isEqualTo(property("L1", 1, "\"ListPrice\":\"Contact agent\"").value());
        assertThat(topology.rows()).isEmpty();
        assertThat(topology.tally().counts()).isEqualTo(Map.of(Tally.refused("bad-value"), 1L));
    }

    @Test
    void refusesSameBadRecordOnce() {
        topology.send(property("L1", 1, "\"ListPrice\":\"x\""), property("L1", 1, "\"ListPrice\":\"x\""));

        assertThat(topology.deadLetters()).hasSize(1);
    }

    @Test
    void keepsGoodRowWhenItsNextVersionIsRefused() {
        topology.send(property("L1", 1, "\"ListPrice\":5"), media("L1", "M1", 1, ""));

        topology.send(property("L1", 2, "\"ListPrice\":\"x\""), media("L1", "M2", 1, ""));

        assertThat(topology.tables()).containsOnlyKeys("L1/properties/L1", "L1/media/M1", "L1/media/M2");
        assertThat(topology.tables().get("L1/properties/L1").path("list_price").asInt())
                .isEqualTo(5);
    }

    @Test
    void deadLettersRecordWithoutRequiredValue() {
        topology.send(property("L1", 1, ""), room("L1", "R1", 1, "").withJson("{\"RoomKey\":null}"));

        assertThat(topology.deadLetters())
                .extracting(TopologyHarness.Letter::code, TopologyHarness.Letter::column)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("missing-required", "room_key"));
    }

    @Test
    void deadLettersWhatIsNoJson() {
        topology.send(
                property("L1", 1, "").withJson("{\"ListingKey\":\"L1\""),
                property("L2", 1, "").withJson("[]"));

        assertThat(topology.deadLetters())
                .extracting(TopologyHarness.Letter::code)
                .containsExactly("bad-json", "bad-json");
    }

    @Test
    void writesNullWhereTheMappingSaysSoAndCountsIt() {
        topology.send(property("L1", 1, "\"YearBuilt\":\"unknown\""));

        assertThat(topology.tables().get("L1/properties/L1").path("year_built").isNull())
                .isTrue();
        assertThat(topology.meters().scrape()).contains("code=\"bad-value\",column=\"year_built\"");
    }

    @Test
    void skipsWhatTheMappingFilters() {
        topology.send(property("L1", 1, ""), media("L1", "M1", 1, "\"Permission\":[\"Private\"]"));

        assertThat(topology.tables()).containsOnlyKeys("L1/properties/L1");
        assertThat(topology.tally().counts()).isEqualTo(Map.of(Tally.skipped("filtered"), 1L));
    }

    @Test
    void deletesRowOfWhatTheMappingFiltersNow() {
        topology.send(property("L1", 1, ""), media("L1", "M1", 1, ""));

        topology.send(media("L1", "M1", 2, "\"Permission\":\"Private\""));

        assertThat(topology.tables()).containsOnlyKeys("L1/properties/L1");
        assertThat(topology.tally().counts()).isEqualTo(Map.of(Tally.skipped("filtered"), 1L));
    }

    @Test
    void takesSoftDeleteForDelete() {
        topology.send(property("L1", 1, ""), media("L1", "M1", 1, ""));

        topology.send(media("L1", "M1", 2, "\"MediaStatus\":\"Deleted\""));

        assertThat(topology.rows().get(2)).hasToString("DELETE L1/media/M1");
        assertThat(topology.tally()).isEqualTo(Tally.NONE);
    }

    @Test
    void deadLettersUndecodableKeyMissingHeaderAndUnknownSchema() {
        byte[] value = "{}".getBytes(StandardCharsets.UTF_8);
        Headers good = media("L1", "M1", 1, "").headers();
        Headers otherSchema = media("L1", "M1", 1, "").headers();
        otherSchema.remove(RecordHeaders.SCHEMA);
        otherSchema.add(RecordHeaders.SCHEMA, new byte[] {'9'});

        topology.sendRaw(Entity.MEDIA, "a/b/c/d".getBytes(StandardCharsets.UTF_8), value, good);
        topology.sendRaw(Entity.MEDIA, new byte[0], value, good);
        topology.sendRaw(Entity.MEDIA, null, value, good);
        topology.sendRaw(Entity.MEDIA, new byte[] {'L'}, value, good);
        topology.sendRaw(
                Entity.MEDIA,
                "L1/M1/mls".getBytes(StandardCharsets.UTF_8),
                value,
                new org.apache.kafka.common.header.internals.RecordHeaders());
        topology.sendRaw(Entity.MEDIA, "L1/M1/mls".getBytes(StandardCharsets.UTF_8), value, otherSchema);
        topology.sendRaw(Entity.MEDIA, "L1/M1/mls".getBytes(StandardCharsets.UTF_8), null, good);

        List<TopologyHarness.Letter> letters = topology.deadLetters();
        assertThat(letters).hasSize(7).extracting(TopologyHarness.Letter::code).containsOnly("unreadable");
        assertThat(letters.get(5).message())
                .contains("header 'schema' is 9 and this release reads 1: a newer release has written the record");
        assertThat(topology.rows()).isEmpty();
    }

    @Test
    void deadLettersRecordTooLargeForItsTopicWithoutItsContent() {
        topology.send(
                property("L1", 1, "\"PublicRemarks\":\"" + noise(LargestRecord.BYTES * 2) + "\""),
                property("L2", 1, ""));

        TopologyHarness.Letter letter = topology.deadLetters().get(0);
        assertThat(letter.code()).isEqualTo("too-large");
        assertThat(letter.key()).isEqualTo("L1/mls".getBytes(StandardCharsets.UTF_8));
        assertThat(letter.value()).isNull();
        assertThat(topology.tables()).containsOnlyKeys("L2/properties/L2");
        assertThat(topology.tally().counts()).isEqualTo(Map.of(Tally.refused("too-large"), 1L));
    }

    @Test
    void deadLettersRecordWhoseRowIsTooLargeForItsTopic(@TempDir Path folder) throws IOException {
        String yaml = Mapping.standardText().replace("city: {from: City}", "city: {from: PublicRemarks}");
        Mapping mapping = Mapping.load(Files.writeString(folder.resolve("mapping.yaml"), yaml));
        try (TopologyHarness doubling = new TopologyHarness(mapping)) {
            TestSource large = property("L1", 1, "\"PublicRemarks\":\"" + noise(LargestRecord.BYTES / 10 * 7) + "\"");

            doubling.send(large, property("L2", 1, ""));

            TopologyHarness.Letter letter = doubling.deadLetters().get(0);
            assertThat(letter.code()).isEqualTo("too-large");
            assertThat(letter.value()).isEqualTo(large.value());
            assertThat(doubling.tables()).containsOnlyKeys("L2/properties/L2");
        }
    }

    @Test
    void writesLargeRowThatFitsWhenCompressed() {
        topology.send(property("L1", 1, "\"PublicRemarks\":\"" + "x".repeat(LargestRecord.BYTES * 2) + "\""));

        assertThat(topology.tables()).containsOnlyKeys("L1/properties/L1");
    }

    /** Letters that no compression makes fewer bytes of than six eighths. */
    private static String noise(int length) {
        return new Random(1)
                .ints(length, 0, 64)
                .mapToObj(i -> String.valueOf((char) (i < 32 ? '0' + i : 'A' + i - 32)))
                .collect(Collectors.joining())
                .replace("\\", "_");
    }
}
