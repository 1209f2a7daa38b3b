package com.listingsync.processor.topology;

import static com.listingsync.processor.topology.TestSource.property;
import static com.listingsync.processor.topology.TestSource.sheet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.event.View;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StatusTest {

    private final TopologyHarness topology = new TopologyHarness();

    @AfterEach
    void close() {
        topology.close();
    }

    @Nested
    class OfMlsListing {

        @Test
        void makesOneEventOfEachChange() {
            topology.send(listing(1, "Active"));
            assertThat(topology.statusChanges()).isEmpty();

            topology.send(property(
                    "L1", 2, "\"StandardStatus\":\"Closed\",\"StatusChangeTimestamp\":\"2026-11-20T10:00:00Z\""));

            assertThat(topology.statusChanges())
                    .singleElement()
                    .hasToString("{\"listing\":\"L1\",\"from\":\"active\",\"to\":\"closed\","
                            + "\"changedAt\":\"2026-11-20T10:00:00Z\",\"seenAt\":\"2026-11-22T08:00:00.002Z\","
                            + "\"source\":\"mls\",\"connection\":\"mls\",\"action\":\"unpublish\",\"sheetRows\":[]}");
        }

        @Test
        void makesNoEventOfSecondViewThatSaysTheSame() {
            topology.send(
                    listing(1, "Active").in(View.IDX), listing(1, "Active").in(View.VOW));
            topology.send(
                    listing(2, "Pending").in(View.IDX), listing(2, "Pending").in(View.VOW));
            topology.send(listing(2, "Pending").in(View.IDX));

            assertThat(topology.statusChanges()).hasSize(1);
        }

        @Test
        void saysWhatFollows() {
            topology.send(listing(1, "Pending"), listing(2, "Active"), listing(3, "Hold"), listing(4, "Closed"));
            topology.send(listing(5, "Active"), listing(6, "ActiveUnderContract"), listing(7, "Expired"));

            assertThat(topology.statusChanges())
                    .extracting(change -> change.path("to").asText() + " "
                            + change.path("action").asText())
                    .containsExactly(
                            "active restored",
                            "hold none",
                            "closed unpublish",
                            "active relisted",
                            "active_under_contract none",
                            "expired unpublish");
        }

        @Test
        void takesLeavingAllFeedsForDeleted() {
            topology.send(listing(1, "Active"), listing(1, "Active").deleted(), listing(1, "Active"));

            assertThat(topology.statusChanges())
                    .extracting(change -> change.path("to").asText() + " "
                            + change.path("action").asText())
                    .containsExactly("deleted unpublish", "active relisted");
        }

        @Test
        void keepsStatusWhileRecordSaysNone() {
            topology.send(listing(1, "Active"), property("L1", 2, ""), listing(3, "Closed"));

            assertThat(topology.statusChanges())
                    .singleElement()
                    .extracting(change -> change.path("from").asText())
                    .isEqualTo("active");
        }

        @Test
        void namesSheetRowsThatTakeTheirStatusFromIt() {
            topology.send(listing(1, "Active"), sheet("L1", "AA1", 1, ""), sheet("L1", "AA2", 1, ""));
            topology.send(sheet("L1", "AA2", 1, "").deleted(), listing(2, "Closed"));

            assertThat(topology.statusChanges())
                    .singleElement()
                    .extracting(change -> change.path("sheetRows").toString())
                    .isEqualTo("[\"AA1\"]");
        }

        @Test
        void makesNoEventOfReplayReReadOrOlderRecord() {
            topology.send(listing(1, "Active"), listing(2, "Pending"), listing(3, "Active"));
            assertThat(topology.statusChanges()).hasSize(2);

            topology.send(listing(1, "Active"), listing(2, "Pending"), listing(3, "Active"), listing(4, "Active"));

            assertThat(topology.statusChanges()).isEmpty();
        }

        @Test
        void writesEachChangeToHistory() {
            topology.send(listing(1, "Active"), listing(2, "Pending"), listing(3, "Active"));

            List<JsonNode> history = topology.rows().stream()
                    .filter(row -> row.key().table().equals("listing_status_history"))
                    .map(TopologyHarness.Row::json)
                    .toList();
            assertThat(history)
                    .extracting(row -> row.path("from_status").asText() + " -> "
                            + row.path("to_status").asText())
                    .containsExactly("active -> pending", "pending -> active");
            assertThat(history).extracting(row -> row.path("id").asText()).doesNotHaveDuplicates();
        }

        @Test
        void keepsUnknownStatusAndCountsIt() {
            topology.send(listing(1, "Sold - Firm Offer"));

            assertThat(topology.tables().get("L1/properties/L1").path("status").asText())
                    .isEqualTo("sold_firm_offer");
            assertThat(topology.meters().scrape())
                    .contains("listings_processor_warnings_total{code=\"unknown-status\",column=\"status\","
                            + "table=\"properties\"} 1.0");
        }

        @Test
        void prefersKnownSpellingToUnknownOne() {
            topology.send(property("L1", 1, "\"StandardStatus\":\"Whatever\",\"MlsStatus\":\"Sold Conditional\""));

            assertThat(topology.tables().get("L1/properties/L1").path("status").asText())
                    .isEqualTo("active_under_contract");
        }
    }

    /** What the mapping's conditions keep out has left the market, whatever the MLS calls it. */
    @Nested
    class OfListingThatTheMappingKeepsOut {

        private final TopologyHarness filtering = new TopologyHarness(TestMapping.standardWith(
                "deleted_when:\n      StandardStatus",
                "drop:\n      InternetEntireListingDisplayYN: \"false\"\n"
                        + "    deleted_when:\n      StandardStatus"));

        @AfterEach
        void close() {
            filtering.close();
        }

        @Test
        void isUnpublishedAndRelistedWhenItComesBack() {
            filtering.send(shown(1, "Active"), hidden(2, "Active"), hidden(3, "Pending"), shown(4, "Active"));

            assertThat(changes()).containsExactly("active > filtered unpublish", "filtered > active relisted");
        }

        @Test
        void isNoChangeWhileItWasNeverLetIn() {
            filtering.send(
                    hidden(1, "Active"),
                    hidden(2, "Closed"),
                    hidden(2, "Closed").deleted());
            filtering.send(hidden(3, "Active"), shown(4, "Active"));

            assertThat(changes()).isEmpty();
        }

        @Test
        void isUnpublishedOnceMoreWhenItComesBackSold() {
            filtering.send(shown(1, "Active"), hidden(2, "Active"), shown(3, "Closed"));

            assertThat(changes()).containsExactly("active > filtered unpublish", "filtered > closed unpublish");
        }

        @Test
        void leavesSheetRowsTheStatusThatTheMlsGives() {
            filtering.send(shown(1, "Active"), sheet("L1", "AA1", 1, ""), hidden(2, "Pending"));

            assertThat(filtering
                            .tables()
                            .get("L1/property_listings/AA1")
                            .path("status")
                            .asText())
                    .isEqualTo("pending");
        }

        private List<String> changes() {
            return filtering.statusChanges().stream()
                    .map(change -> change.path("from").asText() + " > "
                            + change.path("to").asText() + " "
                            + change.path("action").asText())
                    .toList();
        }

        private static TestSource shown(long version, String status) {
            return property("L1", version, "\"StandardStatus\":\"" + status + "\"");
        }

        private static TestSource hidden(long version, String status) {
            return property(
                    "L1", version, "\"StandardStatus\":\"" + status + "\",\"InternetEntireListingDisplayYN\":false");
        }
    }

    @Nested
    class OfSheetRow {

        @Test
        void isItsOwnWhileNoMlsKnowsTheListing() {
            topology.send(row("L1", 1, "Active"));

            assertThat(said("L1")).isEqualTo("active by sheet, own active");
        }

        @Test
        void isThatOfTheMlsWhicheverComesFirst() {
            topology.send(row("L1", 1, "Active"), listing(1, "Closed"));
            topology.send(property("L2", 1, "\"StandardStatus\":\"Closed\""), row("L2", 1, "Active"));

            assertThat(List.of(said("L1"), said("L2"))).containsOnly("closed by mls, own active");
        }

        @Test
        void isWrittenAgainWhenTheMlsChangesIt() {
            topology.send(listing(1, "Active"), row("L1", 1, "Active"));
            assertThat(said("L1")).isEqualTo("active by mls, own null");
            topology.rows();

            topology.send(listing(2, "Pending"));

            assertThat(topology.rows())
                    .extracting(Object::toString)
                    .contains("UPSERT L1/property_listings/AA1 derived");
            assertThat(said("L1")).isEqualTo("pending by mls, own active");
        }

        @Test
        void conflictsAreCounted() {
            topology.send(listing(1, "Closed"), row("L1", 1, "Active"));

            assertThat(topology.meters().scrape()).contains("code=\"status-conflict\"");
        }

        @Test
        void makesEventsOfItsOwnWhileNoMlsKnowsTheListing() {
            topology.send(row("AA1", 1, "Active"), row("AA1", 2, "Sold"), row("AA1", 3, "Sold"));

            assertThat(topology.statusChanges()).singleElement().satisfies(change -> {
                assertThat(change.path("source").asText()).isEqualTo("sheet");
                assertThat(change.path("action").asText()).isEqualTo("unpublish");
            });
        }

        @Test
        void makesNoEventsOnceTheMlsKnowsTheListing() {
            topology.send(listing(1, "Active"), row("L1", 1, "Active"), row("L1", 2, "Sold"), row("L1", 3, "Active"));

            assertThat(topology.statusChanges()).isEmpty();
        }

        @Test
        void isDeletedWithItsRow() {
            topology.send(row("AA1", 1, "Active"), row("AA1", 1, "Active").deleted());

            assertThat(topology.tables()).doesNotContainKey("AA1/property_listings/AA1");
            assertThat(topology.statusChanges())
                    .singleElement()
                    .extracting(change -> change.path("to").asText())
                    .isEqualTo("deleted");
        }

        private TestSource row(String listing, long version, String status) {
            return sheet(listing, "AA1", version, "\"Status\":\"" + status + "\"");
        }

        private String said(String listing) {
            JsonNode row = topology.tables().get(listing + "/property_listings/AA1");
            return row.path("status").asText() + " by "
                    + row.path("status_source").asText() + ", own "
                    + row.path("sheet_status").asText();
        }
    }

    private static TestSource listing(long version, String status) {
        return property("L1", version, "\"StandardStatus\":\"" + status + "\"");
    }
}
