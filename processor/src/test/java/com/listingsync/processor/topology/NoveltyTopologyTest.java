package com.listingsync.processor.topology;

import static com.listingsync.processor.topology.TestSource.RUN;
import static com.listingsync.processor.topology.TestSource.media;
import static com.listingsync.processor.topology.TestSource.property;
import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.event.View;
import com.listingsync.common.run.Tally;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NoveltyTopologyTest {

    private final TopologyHarness topology = new TopologyHarness();

    @AfterEach
    void close() {
        topology.close();
    }

    @Test
    void dropsWhatItHasSeen() {
        topology.send(property("L1", 5, ""), media("L1", "M1", 5, ""));
        topology.rows();

        topology.send(property("L1", 5, ""), media("L1", "M1", 5, ""), media("L1", "M1", 5, ""));

        assertThat(topology.rows()).isEmpty();
        assertThat(topology.tally().counts()).isEqualTo(Map.of(Tally.skipped("duplicate"), 3L));
    }

    @Test
    void dropsWhatIsOlderThanWhatItHasSeen() {
        topology.send(property("L1", 5, ""), media("L1", "M1", 5, ""));
        topology.rows();

        topology.send(property("L1", 4, "\"City\":\"Oslo\""), media("L1", "M1", 4, "\"Order\":1"));
        topology.send(media("L1", "M1", 4, "").deleted());

        assertThat(topology.rows()).isEmpty();
        assertThat(topology.tally().counts()).isEqualTo(Map.of(Tally.skipped("stale"), 3L));
    }

    @Test
    void takesOtherContentOfSameVersion() {
        topology.send(property("L1", 5, "\"City\":\"Oslo\""));
        topology.rows();

        topology.send(property("L1", 5, "\"City\":\"Bergen\""));

        assertThat(topology.rows())
                .singleElement()
                .extracting(row -> row.json().path("city").asText())
                .isEqualTo("Bergen");
    }

    @Test
    void takesSameChildOfTwoConnectionsOnce() {
        topology.send(property("L1", 5, ""), media("L1", "M1", 5, "").in(View.IDX));
        topology.rows();

        topology.send(media("L1", "M1", 5, "").in(View.VOW));

        assertThat(topology.rows()).isEmpty();
    }

    @Test
    void skipsDeleteOfWhatWasNeverThere() {
        topology.send(property("L1", 5, "").deleted(), media("L1", "M1", 5, "").deleted());

        assertThat(topology.rows()).isEmpty();
        assertThat(topology.tally().counts()).isEqualTo(Map.of(Tally.skipped("absent"), 2L));
    }

    @Test
    void putsOriginOnPrincipalRowAlone() {
        topology.send(property("L1", 5, ""), property("L2", 5, "").withoutRun());

        assertThat(topology.rows()).allSatisfy(row -> {
            assertThat(row.event().origin()).isPresent();
            assertThat(row.event().rowVersion())
                    .isEqualTo(row.json().path("row_version").asLong());
        });
        assertThat(topology.tables().get("L1/properties/L1").path("run_id").asText())
                .isEqualTo(RUN);
        assertThat(topology.tables().get("L2/properties/L2").path("run_id").isNull())
                .isTrue();
    }

    @Test
    void countsOnlyRecordsOfRun() {
        topology.send(property("L1", 5, ""), property("L1", 5, "").withoutRun());

        assertThat(topology.tally()).isEqualTo(Tally.NONE);
    }
}
