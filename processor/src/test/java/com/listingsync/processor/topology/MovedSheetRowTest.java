package com.listingsync.processor.topology;

import static com.listingsync.processor.topology.TestSource.property;
import static com.listingsync.processor.topology.TestSource.sheet;
import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.event.Entity;
import com.listingsync.common.event.Operation;
import com.listingsync.common.wire.RecordHeaders;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A row that is linked to another listing leaves its old key with a delete that says where it stands now. */
class MovedSheetRowTest {

    private static final String OLD = "AA1";
    private static final String LINKED = "L1";

    private final TopologyHarness topology = new TopologyHarness();

    @AfterEach
    void close() {
        topology.close();
    }

    @Test
    void deletesNoRowWhicheverOfItsRecordsComesFirst() {
        topology.send(row(OLD, 1, "Active"), row(LINKED, 2, "Active"));
        move(OLD, LINKED, 2);
        move("unseen", LINKED, 2);

        assertThat(topology.rows())
                .noneMatch(row -> row.event().operation() == Operation.DELETE)
                .extracting(Object::toString)
                .containsExactly("UPSERT AA1/property_listings/AA1", "UPSERT L1/property_listings/AA1");
        assertThat(topology.tally().count("skipped.moved")).isEqualTo(1);
    }

    @Test
    void takesNoListingOffTheMarket() {
        topology.send(row(OLD, 1, "Active"));
        move(OLD, LINKED, 2);
        topology.send(row(LINKED, 2, "Active"));

        assertThat(topology.statusChanges()).isEmpty();
    }

    @Test
    void isNoLongerWrittenForTheListingItLeft() {
        topology.send(property(LINKED, 1, "\"StandardStatus\":\"Active\""), row(LINKED, 1, "Active"));
        move(LINKED, OLD, 2);
        topology.send(row(OLD, 2, "Active"));
        topology.rows();

        topology.send(property(LINKED, 3, "\"StandardStatus\":\"Closed\""));

        assertThat(topology.rows())
                .extracting(row -> row.key().table())
                .contains("properties")
                .doesNotContain("property_listings");
    }

    @Test
    void isNewAgainWhenItComesBack() {
        topology.send(row(OLD, 1, "Active"));
        move(OLD, LINKED, 2);
        topology.send(row(LINKED, 2, "Active"));
        topology.rows();
        move(LINKED, OLD, 3);

        topology.send(row(OLD, 3, "Sold"));

        assertThat(topology.rows()).extracting(Object::toString).contains("UPSERT AA1/property_listings/AA1");
        assertThat(topology.statusChanges())
                .extracting(change -> change.path("to").asText())
                .containsExactly("closed");
    }

    @Test
    void isDeletedFromWhereItStands() {
        topology.send(row(OLD, 1, "Active"), row(LINKED, 2, "Active"));
        move(OLD, LINKED, 2);
        topology.rows();

        topology.send(row(LINKED, 3, "Active").deleted());

        assertThat(topology.rows()).extracting(Object::toString).contains("DELETE L1/property_listings/AA1");
    }

    private void move(String from, String to, long version) {
        TestSource delete = row(from, version, "").deleted();
        Headers headers = delete.headers();
        RecordHeaders.put(headers, RecordHeaders.MOVED_TO, to + "/AA1");
        topology.sendRaw(Entity.SHEET, delete.key().bytes(), null, headers);
    }

    private static TestSource row(String listing, long version, String status) {
        return sheet(listing, "AA1", version, "\"Status\":\"" + status + "\"");
    }
}
