package com.listingsync.processor.topology;

import static com.listingsync.processor.topology.TestSource.property;
import static com.listingsync.processor.topology.TestSource.sheet;
import static com.listingsync.processor.topology.TestSource.sheetById;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sheet row that names its listing by ListingId takes the status of the listing that goes by it, wherever that is. */
class LinkedByListingIdTest {

    private final TopologyHarness topology = new TopologyHarness();

    @AfterEach
    void close() {
        topology.close();
    }

    @Test
    void takesStatusOfListingWhicheverComesFirst() {
        topology.send(row("X1", 1, "Active"), listing("L1", "X1", 1, "Closed"));
        topology.send(listing("L2", "X2", 1, "Closed"), row("X2", 1, "Active"));

        assertThat(List.of(said("X1"), said("X2"))).containsOnly("closed by mls, own active");
    }

    @Test
    void isWrittenWithItsOwnStatusWhileNobodyHasTheListingId() {
        topology.send(row("X1", 1, "Active"), listing("L1", "X9", 1, "Closed"));

        assertThat(said("X1")).isEqualTo("active by sheet, own active");
    }

    @Test
    void isWrittenAgainWhenTheListingChanges() {
        topology.send(listing("L1", "X1", 1, "Active"), row("X1", 1, "Active"));
        assertThat(said("X1")).isEqualTo("active by mls, own null");
        topology.rows();

        topology.send(listing("L1", "X1", 2, "Pending"));

        assertThat(topology.rows()).extracting(Object::toString).contains("UPSERT X1/property_listings/AA1 derived");
        assertThat(said("X1")).isEqualTo("pending by mls, own active");
    }

    @Test
    void keepsStatusOfListingThatIsGone() {
        topology.send(row("X1", 1, "Active"), listing("L1", "X1", 1, "Active"));

        topology.send(listing("L1", "X1", 1, "Active").deleted());

        assertThat(said("X1")).isEqualTo("deleted by mls, own active");
    }

    @Test
    void followsListingIdToAnotherListing() {
        topology.send(row("X1", 1, "Active"), listing("L1", "X1", 1, "Closed"));

        topology.send(listing("L1", "X7", 2, "Closed"));
        assertThat(said("X1")).isEqualTo("active by sheet, own active");
        topology.send(listing("L2", "X1", 1, "Pending"));

        assertThat(said("X1")).isEqualTo("pending by mls, own active");
    }

    @Test
    void prefersListingThatIsThereToOneThatIsGone() {
        topology.send(row("X1", 1, "Active"), listing("L1", "X1", 1, "Closed"));
        topology.send(listing("L1", "X1", 1, "Closed").deleted());

        topology.send(listing("L2", "X1", 1, "Active"));

        assertThat(said("X1")).isEqualTo("active by mls, own null");
    }

    @Test
    void keepsItsOwnStatusWhileTwoListingsGoByItsListingId() {
        topology.send(listing("L1", "X1", 1, "Closed"), listing("L2", "X1", 1, "Pending"), row("X1", 1, "Active"));
        assertThat(said("X1")).isEqualTo("active by sheet, own active");
        assertThat(topology.meters().scrape()).contains("code=\"ambiguous-link\"");

        topology.send(listing("L1", "X1", 1, "Closed").deleted());

        assertThat(said("X1")).isEqualTo("pending by mls, own active");
    }

    @Test
    void meansListingOfThatKeyWhereListingIdAndKeyAreOne() {
        topology.send(row("L1", 1, "Active"), listing("L1", "L1", 1, "Closed"));

        assertThat(said("L1")).isEqualTo("closed by mls, own active");
    }

    @Test
    void doesNotMeanListingThatMerelyHasItsListingIdForKey() {
        topology.send(listing("X1", "X5", 1, "Expired"), listing("L1", "X1", 1, "Closed"), row("X1", 1, "Active"));

        assertThat(said("X1")).isEqualTo("closed by mls, own active");
    }

    @Test
    void leavesRowOfSameListingThatIsLinkedByKeyAlone() {
        topology.send(sheet("X1", "AA2", 1, "\"Status\":\"Active\""), row("X1", 1, "Active"));
        topology.rows();

        topology.send(listing("L1", "X1", 1, "Closed"));

        assertThat(topology.rows())
                .extracting(Object::toString)
                .contains("UPSERT X1/property_listings/AA1 derived")
                .doesNotContain("UPSERT X1/property_listings/AA2 derived");
    }

    @Test
    void reportsEachChangeOfWhatItStandsForOnce() {
        topology.send(row("X1", 1, "Active"), listing("L1", "X1", 1, "Active"));
        assertThat(topology.statusChanges()).isEmpty();

        topology.send(
                property(
                        "L1",
                        2,
                        "\"ListingId\":\"X1\",\"StandardStatus\":\"Closed\",\"StatusChangeTimestamp\":\"2026-11-20T10:00:00Z\""));
        topology.send(row("X1", 2, "Sold"), row("X1", 3, "Active"), listing("L1", "X1", 1, "Active"));

        assertThat(topology.statusChanges())
                .extracting(change -> change.path("listing").asText() + " "
                        + change.path("to").asText() + " "
                        + change.path("changedAt").asText() + " "
                        + change.path("sheetRows"))
                .containsExactly("L1 closed 2026-11-20T10:00:00Z []", "X1 closed 2026-11-20T10:00:00Z [\"AA1\"]");
    }

    @Test
    void isDeletedWithItsRowAndTakesNoListingOffTheMarket() {
        topology.send(listing("L1", "X1", 1, "Active"), row("X1", 1, "Active"));

        topology.send(row("X1", 1, "Active").deleted(), listing("L1", "X1", 2, "Pending"));

        assertThat(topology.tables()).doesNotContainKey("X1/property_listings/AA1");
        assertThat(topology.statusChanges())
                .extracting(change -> change.path("listing").asText())
                .containsExactly("L1");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void endsTheSameInAnyOrder(int seed) {
        List<TestSource> records = new ArrayList<>(List.of(
                row("X1", 1, "Active"),
                row("X1", 2, "Pending"),
                listing("L1", "X1", 1, "Active"),
                listing("L1", "X1", 2, "Pending"),
                listing("L1", "X3", 3, "Expired"),
                listing("L2", "X2", 1, "Active"),
                listing("L2", "X1", 2, "Closed")));
        Collections.shuffle(records, new Random(seed));

        records.forEach(topology::send);

        assertThat(said("X1")).isEqualTo("closed by mls, own pending");
    }

    @Test
    void announcesNothingThatIsNotNew() {
        topology.send(listing("L1", "X1", 1, "Active"), listing("L1", "X1", 2, "Active"));
        topology.send(property("L1", 3, "\"ListingId\":\"X1\",\"StandardStatus\":\"Active\",\"City\":\"Oslo\""));
        topology.send(listing("L3", "L3", 1, "Active"), property("L4", 1, ""));

        assertThat(topology.listingIds()).containsExactly("X1/L1");
    }

    private static TestSource row(String id, long version, String status) {
        return sheetById(id, "AA1", version, "\"Status\":\"" + status + "\"");
    }

    private static TestSource listing(String key, String id, long version, String status) {
        return property(key, version, "\"ListingId\":\"" + id + "\",\"StandardStatus\":\"" + status + "\"");
    }

    private String said(String id) {
        JsonNode row = topology.tables().get(id + "/property_listings/AA1");
        return row.path("status").asText() + " by " + row.path("status_source").asText() + ", own "
                + row.path("sheet_status").asText();
    }
}
