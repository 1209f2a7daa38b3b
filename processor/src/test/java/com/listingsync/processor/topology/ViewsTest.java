package com.listingsync.processor.topology;

import static com.listingsync.processor.topology.TestSource.media;
import static com.listingsync.processor.topology.TestSource.property;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.event.View;
import com.listingsync.common.run.Tally;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
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
