package com.listingsync.processor.topology;

import static com.listingsync.processor.topology.TestSource.media;
import static com.listingsync.processor.topology.TestSource.openHouse;
import static com.listingsync.processor.topology.TestSource.property;
import static com.listingsync.processor.topology.TestSource.room;
import static com.listingsync.processor.topology.TestSource.sheet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.event.View;
import com.listingsync.common.run.Tally;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ViewsTest {

    private final TopologyHarness topology = new TopologyHarness();

    @AfterEach
    void close() {
        topology.close();
    }

    @Test
    void makesOneRowOfBothViews() {
        topology.send(idx(5, "\"City\":\"Oslo\""));
        assertThat(row().path("in_idx").asBoolean()).isTrue();
        assertThat(row().path("in_vow").asBoolean()).isFalse();

        topology.send(vow(5, "\"City\":\"Bergen\",\"ClosePrice\":9"));

        assertThat(row().path("in_idx").asBoolean()).isTrue();
        assertThat(row().path("in_vow").asBoolean()).isTrue();
        assertThat(row().path("city").asText()).isEqualTo("Bergen");
        assertThat(row().path("close_price").asInt()).isEqualTo(9);
        assertThat(row().path("connection").asText()).isEqualTo("mls-vow");
    }

    @Test
    void takesColumnsFromNewerView() {
        topology.send(vow(5, "\"City\":\"Bergen\",\"ClosePrice\":9"), idx(6, "\"City\":\"Oslo\",\"ClosePrice\":1"));

        assertThat(row().path("city").asText()).isEqualTo("Oslo");
        assertThat(row().path("close_price").asInt()).isEqualTo(9);
    }

    @Test
    void takesNoVowColumnFromIdx() {
        topology.send(idx(5, "\"ClosePrice\":9,\"CloseDate\":\"2026-01-01\""));

        assertThat(row().path("close_price").isNull()).isTrue();
        assertThat(row().path("close_date").isNull()).isTrue();
    }

    @Test
    void skipsRecordThatChangesNothingOfRow() {
        topology.send(idx(5, ""), vow(7, ""));
        topology.rows();

        topology.send(idx(6, "\"City\":\"Oslo\""));

        assertThat(topology.rows()).isEmpty();
        assertThat(topology.tally().counts()).isEqualTo(Map.of(Tally.skipped("duplicate"), 1L));
    }

    @Test
    void keepsRowWhenOneViewLosesListing() {
        topology.send(idx(5, "\"City\":\"Oslo\""), vow(6, "\"City\":\"Bergen\""), media("L1", "M1", 1, ""));
        topology.rows();

        topology.send(vow(6, "").deleted());

        assertThat(topology.rows()).extracting(Object::toString).containsExactly("UPSERT L1/properties/L1");
        assertThat(row().path("in_vow").asBoolean()).isFalse();
        assertThat(row().path("in_idx").asBoolean()).isTrue();
        assertThat(row().path("city").asText()).isEqualTo("Oslo");
    }

    @Test
    void fallsBackToWhatLosingViewSaidLast() {
        topology.send(vow(7, "\"City\":\"Bergen\""), idx(5, "\"City\":\"Oslo\""), idx(6, "\"City\":\"Tromsø\""));

        topology.send(vow(7, "").deleted());

        assertThat(row().path("city").asText()).isEqualTo("Tromsø");
    }

    @Test
    void deletesRowWhenLastViewLosesListing() {
        topology.send(idx(5, ""), vow(5, ""), idx(5, "").deleted());
        assertThat(topology.tables()).isNotEmpty();

        topology.send(vow(5, "").deleted());

        assertThat(topology.tables()).isEmpty();
    }

    @Test
    void takesStatusDeleteForDelete() {
        topology.send(idx(5, "\"StandardStatus\":\"Active\""));

        topology.send(idx(6, "\"StandardStatus\":\"Delete\""), idx(6, "\"StandardStatus\":\"Delete\""));

        assertThat(topology.tables()).doesNotContainKey("L1/properties/L1");
        assertThat(topology.tally().counts()).isEqualTo(Map.of(Tally.skipped("duplicate"), 1L));
    }

    @Test
    void keepsListingThatAnotherConnectionOfSameViewHas() {
        topology.send(idx(5, "").from("other", View.IDX), idx(5, ""), idx(5, "").deleted());

        assertThat(row().path("in_idx").asBoolean()).isTrue();

        topology.send(idx(5, "").from("other", View.IDX).deleted());
        assertThat(topology.tables()).isEmpty();
    }

    @Nested
    class OfChildren {

        @Test
        void keepChildThatAnotherConnectionHas() {
            topology.send(idx(5, ""), vow(5, ""));
            for (TestSource child :
                    List.of(media("L1", "M1", 3, ""), room("L1", "R1", 3, ""), openHouse("L1", "O1", 3, ""))) {
                topology.send(child.in(View.IDX), child.in(View.VOW));
                topology.rows();

                topology.send(child.in(View.IDX).deleted());

                assertThat(topology.rows()).isEmpty();
                topology.send(child.in(View.VOW).deleted());
                assertThat(topology.rows())
                        .extracting(Object::toString)
                        .singleElement(STRING)
                        .startsWith("DELETE");
            }
            assertThat(topology.tally().counts()).isEqualTo(Map.of("skipped.duplicate", 3L, "skipped.elsewhere", 3L));
        }

        @Test
        void keepChildrenOfListingThatLeavesOneConnection() {
            topology.send(idx(5, ""), vow(5, ""), media("L1", "M1", 3, "").in(View.VOW));
            topology.rows();

            topology.send(idx(5, "").deleted());

            assertThat(topology.tables()).containsKeys("L1/properties/L1", "L1/media/M1");
            assertThat(row().path("in_idx").asBoolean()).isFalse();
        }

        @Test
        void skipWhatAnotherConnectionSaidBefore() {
            topology.send(idx(5, ""), media("L1", "M1", 4, "\"Order\":2").in(View.VOW));
            topology.rows();

            topology.send(
                    media("L1", "M1", 4, "\"Order\":2").in(View.IDX),
                    media("L1", "M1", 3, "\"Order\":1").in(View.NONE));

            assertThat(topology.rows()).isEmpty();
            assertThat(topology.tally().counts()).isEqualTo(Map.of("skipped.duplicate", 1L, "skipped.stale", 1L));
        }

        @Test
        void takeEachConnectionsVersionsForItself() {
            topology.send(sheet("S1", "S1", 900, "\"Status\":\"Active\"").from("a", View.NONE));

            topology.send(sheet("S1", "S1", 3, "\"Status\":\"Sold\"").from("b", View.NONE));

            assertThat(topology.tables()
                            .get("S1/property_listings/S1")
                            .path("status")
                            .asText())
                    .isEqualTo("closed");
        }

        @Test
        void waitForTheirListingEachForItself() {
            topology.send(
                    media("L1", "M1", 3, "").in(View.IDX),
                    media("L1", "M1", 3, "").in(View.VOW));

            topology.send(media("L1", "M1", 3, "").in(View.IDX).deleted(), idx(5, ""));

            assertThat(topology.tables()).containsKey("L1/media/M1");
        }

        @Test
        void writeChildOfTwoConnectionsOnceWhenItsListingComes() {
            topology.send(
                    media("L1", "M1", 3, "").in(View.IDX),
                    media("L1", "M1", 3, "").in(View.VOW));

            topology.send(idx(5, ""));

            assertThat(topology.rows())
                    .extracting(Object::toString)
                    .filteredOn(row -> row.contains("media"))
                    .hasSize(1);
            assertThat(topology.tally().count("skipped.duplicate")).isEqualTo(1);
        }
    }

    @Test
    void keepsWholeRecordWhereTheMappingAsksForIt() {
        try (TopologyHarness raw = new TopologyHarness(TestMapping.standardWith(
                "      connection: {computed: connection}",
                "      raw: {computed: record, type: json}\n"
                        + "      raw_vow: {computed: record, type: json, view: vow}\n"
                        + "      connection: {computed: connection}"))) {
            raw.send(vow(5, "\"Price\":1.10"), idx(6, "\"City\":\"Oslo\""));

            JsonNode row = raw.tables().get("L1/properties/L1");
            assertThat(row.path("raw").path("City").asText()).isEqualTo("Oslo");
            assertThat(row.path("raw_vow").path("Price").decimalValue()).isEqualByComparingTo("1.10");
        }
    }

    @Test
    void takesColumnsOfConnectionThatConfirmsThemAtNewerVersion() {
        topology.send(vow(1, "\"City\":\"York\""), idx(3, "\"City\":\"Oslo\""), vow(5, "\"City\":\"York\""));

        assertThat(row().path("city").asText()).isEqualTo("York");

        topology.send(idx(4, "\"City\":\"Bergen\""));

        assertThat(row().path("city").asText()).isEqualTo("York");
    }

    private JsonNode row() {
        return topology.tables().get("L1/properties/L1");
    }

    private static TestSource idx(long version, String fields) {
        return property("L1", version, fields).in(View.IDX);
    }

    private static TestSource vow(long version, String fields) {
        return property("L1", version, fields).in(View.VOW);
    }
}
