package com.listingsync.processor.topology;

import static com.listingsync.processor.topology.TestSource.media;
import static com.listingsync.processor.topology.TestSource.openHouse;
import static com.listingsync.processor.topology.TestSource.property;
import static com.listingsync.processor.topology.TestSource.room;
import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.run.Tally;
import com.listingsync.common.wire.RecordHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ParkingTest {

    private final TopologyHarness topology = new TopologyHarness();

    @AfterEach
    void close() {
        topology.close();
    }

    @Test
    void passesChildOfKnownListingOnAtOnce() {
        topology.send(property("L1", 1, ""));

        topology.send(media("L1", "M1", 1, "\"MediaURL\":\"https://x/1.jpg\""));

        assertThat(topology.rows())
                .extracting(Object::toString)
                .containsExactly("UPSERT L1/properties/L1", "UPSERT L1/media/M1");
    }

    @Test
    void parksChildOfUnknownListing() {
        topology.send(media("L1", "M1", 1, ""));

        assertThat(topology.rows()).isEmpty();
        assertThat(topology.tally().counts())
                .isEqualTo(Tally.of(Tally.PARKED, 1).counts());
        assertThat(topology.meters().scrape()).contains("listings_processor_parked{entity=\"media\"} 1.0");
    }

    @Test
    void releasesParkedChildrenInOrderOfArrivalWhenTheirListingComes() {
        topology.send(media("L1", "M2", 1, ""), room("L1", "R1", 1, ""), media("L1", "M1", 1, ""));
        topology.send(openHouse("L1", "O1", 1, ""), media("L1", "M2", 2, "\"Order\":3"), media("L2", "M9", 1, ""));

        topology.send(property("L1", 1, ""));

        assertThat(topology.rows())
                .extracting(Object::toString)
                .containsExactly(
                        "UPSERT L1/properties/L1",
                        "UPSERT L1/media/M2",
                        "UPSERT L1/property_rooms/R1",
                        "UPSERT L1/media/M1",
                        "UPSERT L1/open_houses/O1",
                        "UPSERT L1/media/M2");
        assertThat(topology.tally().parked()).isEqualTo(1);
        assertThat(topology.tables().get("L1/media/M2").path("order").asInt()).isEqualTo(3);
    }

    @Test
    void releasesTenThousandPhotosOfOneListing() {
        for (int i = 0; i < 10_000; i++) {
            topology.send(media("L1", "M" + i, 1, ""));
        }

        topology.send(property("L1", 1, ""));

        assertThat(topology.rows()).hasSize(10_001);
        assertThat(topology.tally().parked()).isZero();
    }

    @Test
    void deletesChildrenWithTheirListing() {
        topology.send(property("L1", 1, ""), media("L1", "M1", 1, ""), room("L1", "R1", 1, ""));
        topology.rows();

        topology.send(property("L1", 1, "").deleted());

        assertThat(topology.rows())
                .extracting(Object::toString)
                .containsExactly(
                        "DELETE L1/properties/L1", "DELETE L1/media/M1 derived", "DELETE L1/property_rooms/R1 derived");
        assertThat(topology.tables()).isEmpty();
    }

    @Test
    void writesOnlyKeyMarkAndVersionInDeleteRow() {
        topology.send(property("L1", 1, ""), property("L1", 1, "").deleted());

        assertThat(topology.rows().get(1).json().toString())
                .isEqualTo("{\"listing_key\":\"L1\",\"deleted_at\":\"2026-11-22T08:00:00.002Z\","
                        + "\"row_version\":1795334400002000}");
    }

    @Test
    void parksChildrenThatComeAfterTheirListingWasDeleted() {
        topology.send(
                property("L1", 1, ""),
                media("L1", "M1", 1, ""),
                property("L1", 1, "").deleted());
        topology.rows();

        topology.send(media("L1", "M1", 2, "\"Order\":1"), media("L1", "M2", 1, ""));

        assertThat(topology.rows()).isEmpty();
        assertThat(topology.tally().parked()).isEqualTo(2);
    }

    @Test
    void bringsChildrenBackWhenTheirListingIsRelisted() {
        topology.send(property("L1", 1, ""), media("L1", "M1", 1, "\"Order\":7"), media("L1", "M2", 1, ""));
        topology.send(media("L1", "M2", 1, "").deleted(), property("L1", 1, "").deleted());
        topology.send(media("L1", "M3", 1, ""));
        topology.rows();

        topology.send(property("L1", 1, ""));

        assertThat(topology.rows())
                .extracting(Object::toString)
                .containsExactly("UPSERT L1/properties/L1", "UPSERT L1/media/M1 derived", "UPSERT L1/media/M3");
        assertThat(topology.tables().get("L1/media/M1").path("order").asInt()).isEqualTo(7);
    }

    @Test
    void withdrawsParkedChildThatIsDeletedBeforeItsListingComes() {
        topology.send(
                media("L1", "M1", 1, ""),
                media("L1", "M2", 1, ""),
                media("L1", "M1", 1, "").deleted());

        topology.send(property("L1", 1, ""));

        assertThat(topology.tables()).containsOnlyKeys("L1/properties/L1", "L1/media/M2");
        assertThat(topology.tally().parked()).isZero();
        assertThat(topology.tally().skipped()).isEqualTo(2);
    }

    @Test
    void deadLettersChildWhoseListingNeverComes() {
        topology.send(media("L1", "M1", 1, ""));
        topology.pass(Duration.ofDays(3));
        topology.send(media("L1", "M2", 1, ""));
        assertThat(topology.deadLetters()).isEmpty();

        topology.pass(Duration.ofDays(4).plusMinutes(10));

        TopologyHarness.Letter letter = topology.deadLetters().get(0);
        assertThat(letter.code()).isEqualTo("orphan");
        assertThat(letter.message()).isEqualTo("waited 168 hours for its listing L1, which is not there");
        assertThat(RecordHeaders.text(letter.headers(), "__listings.errors.parent"))
                .contains("L1");
        assertThat(new String(letter.key(), StandardCharsets.UTF_8)).isEqualTo("L1/M1/mls");
        assertThat(letter.value()).isEqualTo(media("L1", "M1", 1, "").value());
        assertThat(topology.tally().counts()).containsEntry("parked", 1L).containsEntry("refused.orphan", 1L);
    }

    @Test
    void tellsHowManyWaitAndHowLongTheOldestHas() {
        topology.send(media("L1", "M1", 1, ""), room("L2", "R1", 1, ""));
        topology.pass(Duration.ofHours(1));
        topology.send(media("L2", "M2", 1, ""));
        topology.pass(Duration.ofHours(1));
        assertThat(oldestSeconds()).isBetween(7200.0, 7201.0);

        topology.send(property("L1", 1, "")).pass(Duration.ofSeconds(2));
        assertThat(oldestSeconds()).isBetween(7200.0, 7203.0);

        topology.send(room("L2", "R1", 1, "").deleted()).pass(Duration.ofSeconds(2));
        assertThat(oldestSeconds()).isBetween(3600.0, 3605.0);

        topology.send(property("L2", 1, "")).pass(Duration.ofSeconds(2));
        assertThat(oldestSeconds()).isZero();
        assertThat(topology.meters().scrape()).contains("listings_processor_parked{entity=\"rooms\"} 0.0");
    }

    @Test
    void withdrawsOnlyTheChildThatIsDeletedNotOneOfAnotherKindWithItsKey() {
        topology.send(media("L1", "X", 1, ""), room("L1", "X", 1, ""));
        topology.send(room("L1", "X", 1, "").deleted());

        topology.send(property("L1", 1, ""));

        assertThat(topology.tables()).containsOnlyKeys("L1/properties/L1", "L1/media/X");
    }

    @Test
    void withdrawsThousandsOfParkedChildrenOneByOne() {
        for (int i = 0; i < 10_000; i++) {
            topology.send(media("L1", "M" + i, 1, ""));
        }

        for (int i = 0; i < 10_000; i++) {
            topology.send(media("L1", "M" + i, 1, "").deleted());
        }

        assertThat(topology.tally().parked()).isZero();
        assertThat(topology.tally().skipped()).isEqualTo(20_000);
    }

    @Test
    void givesUpOnManyOrphansSliceBySlice() {
        for (int i = 0; i < 2_500; i++) {
            topology.send(media("L" + i, "M" + i, 1, ""));
        }

        topology.pass(Duration.ofDays(7).plusSeconds(10));
        assertThat(topology.deadLetters()).hasSize(1_000);
        topology.pass(Duration.ofSeconds(1)).pass(Duration.ofSeconds(1));

        assertThat(topology.deadLetters()).hasSize(1_500);
        assertThat(topology.tally().parked()).isZero();
    }

    @Test
    void givesOrphanThatIsSentAgainNewChance() {
        topology.send(media("L1", "M1", 1, ""));
        topology.pass(Duration.ofDays(8));

        topology.send(media("L1", "M1", 1, ""), property("L1", 1, ""));

        assertThat(topology.tables()).containsKeys("L1/media/M1");
    }

    @Test
    void parksChildrenOfListingThatWasRefused() {
        topology.send(property("L1", 1, "\"ListPrice\":\"Contact agent\""), media("L1", "M1", 1, ""));
        assertThat(topology.tally().parked()).isEqualTo(1);

        topology.send(property("L1", 2, "\"ListPrice\":5"));

        assertThat(topology.tables()).containsOnlyKeys("L1/properties/L1", "L1/media/M1");
    }

    private double oldestSeconds() {
        return topology.meters()
                .registry()
                .get("listings.processor.parked.oldest.seconds")
                .gauge()
                .value();
    }
}
