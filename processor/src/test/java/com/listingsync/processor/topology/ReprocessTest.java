package com.listingsync.processor.topology;

import static com.listingsync.processor.topology.TestSource.media;
import static com.listingsync.processor.topology.TestSource.property;
import static com.listingsync.processor.topology.TestSource.room;
import static com.listingsync.processor.topology.TestSource.sheet;
import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.command.ReprocessRequest;
import com.listingsync.common.command.ReprocessWish;
import com.listingsync.common.event.View;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.run.RunState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The log goes through a changed mapping, and nothing newer is ever overwritten. */
class ReprocessTest {

    private static final String RUN = "20261123-080000-again";
    private static final ReprocessRequest ALL = new ReprocessRequest(RUN, List.of(), List.of(), "test");

    /** City comes from another field. */
    private static final Mapping CHANGED = TestMapping.standardWith("city: {from: City}", "city: {from: CityRegion}");

    private final TopologyHarness topology = new TopologyHarness();

    @AfterEach
    void close() {
        topology.close();
    }

    @Test
    void makesNewRowsThatOutrankTheOldOnes() {
        topology.send(listing("L1", 1, "Old"), listing("L1", 2, "Toronto"), media("L1", "M1", 1, ""));
        long before = version("L1/properties/L1");

        topology.restart(CHANGED).reprocess(ALL);

        assertThat(city("L1")).isEqualTo("region of Toronto");
        assertThat(version("L1/properties/L1")).isGreaterThan(before);
        assertThat(topology.statusChanges()).isEmpty();
    }

    @Test
    void countsEachRecordOnceInARunOfItsOwn() {
        topology.send(listing("L1", 1, "Old"), listing("L1", 2, "Toronto"), media("L1", "M1", 1, ""));
        topology.send(media("L2", "M2", 1, ""));
        topology.tally();

        topology.restart(CHANGED).reprocess(ALL);

        assertThat(topology.rows())
                .extracting(row ->
                        row + " " + row.event().origin().orElseThrow().run().orElse("") + " "
                                + row.event().origin().orElseThrow().feed())
                .containsExactly("UPSERT L1/properties/L1 " + RUN + " 0", "UPSERT L1/media/M1 " + RUN + " 0");
        assertThat(tallyOfReprocess()).isEqualTo(Map.of("fetched", 4L, "skipped.stale", 1L, "skipped.waiting", 1L));
        assertThat(topology.tables().get("L1/properties/L1").path("run_id").asText())
                .isEqualTo(TestSource.RUN);
    }

    @Test
    void writesNothingTheSecondTimeOrWhenTheMappingIsTheSame() {
        topology.send(listing("L1", 2, "Toronto"), media("L1", "M1", 1, ""));
        topology.rows();

        topology.reprocess(ALL);
        assertThat(topology.rows()).isEmpty();
        topology.restart(CHANGED).reprocess(ALL);
        topology.rows();
        topology.reprocess(ALL);

        assertThat(topology.rows()).isEmpty();
    }

    @Test
    void leavesWhatIsNewerAlone() {
        topology.send(
                listing("L1", 1, "Old"), listing("L2", 1, "Old"), listing("L3", 1, "Old"), media("L1", "M1", 1, ""));
        topology.restart(CHANGED);
        topology.send(listing("L1", 2, "Toronto"), listing("L2", 1, "Old").deleted());
        topology.send(media("L1", "M1", 1, "").deleted());
        topology.logged(listing("L3", 9, "Upcoming"));
        topology.rows();

        topology.reprocess(ALL);

        assertThat(topology.rows()).extracting(Object::toString).containsExactly("UPSERT L3/properties/L3");
        assertThat(city("L1")).isEqualTo("region of Toronto");
        assertThat(city("L3")).isEqualTo("region of Old");
        assertThat(topology.tables()).doesNotContainKey("L2/properties/L2").doesNotContainKey("L1/media/M1");
    }

    @Test
    void takesInWhatWasRefusedOrFilteredBefore() {
        topology.send(
                property("L1", 1, "\"ListPrice\":\"Contact agent\""),
                media("L1", "M1", 1, ""),
                property("L2", 1, ""),
                media("L2", "M2", 1, "\"ImageSizeDescription\":\"Thumbnail\""));
        assertThat(topology.tables()).containsOnlyKeys("L2/properties/L2");

        topology.restart(TestMapping.of(Mapping.standardText()
                        .replace("ListPrice, type: decimal}", "ListPrice, type: decimal, on_error: \"null\"}")
                        .replace("[Thumbnail, Medium,", "[Medium,")))
                .reprocess(ALL);

        assertThat(topology.tables())
                .containsOnlyKeys("L2/properties/L2", "L1/properties/L1", "L1/media/M1", "L2/media/M2");
    }

    @Test
    void takesOutWhatTheNewMappingKeepsOutAndReportsIt() {
        topology.send(property("L1", 1, "\"City\":\"Oslo\",\"StandardStatus\":\"Active\""), media("L1", "M1", 1, ""));
        topology.send(property("L2", 1, "\"City\":\"Toronto\",\"StandardStatus\":\"Active\""));

        topology.restart(TestMapping.standardWith(
                        "deleted_when:\n      StandardStatus",
                        "keep: {City: Toronto}\n    deleted_when:\n      StandardStatus"))
                .reprocess(ALL);

        assertThat(topology.tables())
                .containsKey("L2/properties/L2")
                .doesNotContainKeys("L1/properties/L1", "L1/media/M1");
        assertThat(topology.statusChanges())
                .singleElement()
                .extracting(change -> change.path("listing").asText() + " "
                        + change.path("action").asText())
                .isEqualTo("L1 unpublish");
    }

    @Test
    void mapsBothViewsAndWritesOneRow() {
        topology.send(listing("L1", 1, "A").in(View.IDX), listing("L1", 2, "B").in(View.VOW));

        topology.restart(CHANGED).reprocess(ALL);

        assertThat(city("L1")).isEqualTo("region of B");
        assertThat(topology.tables().get("L1/properties/L1").path("in_idx").asBoolean())
                .isTrue();
    }

    @Test
    void takesOnlyEntitiesAndKeysThatAreAskedFor() {
        topology.send(listing("L1", 1, "A"), listing("L2", 1, "B"), room("L1", "R1", 1, ""), room("L2", "R2", 1, ""));
        topology.send(sheet("AA1", "AA1", 1, ""), sheet("AA2", "AA2", 1, ""));
        topology.restart(CHANGED);

        topology.reprocess(new ReprocessRequest("r1", List.of("property"), List.of("L2"), "test"));
        assertThat(topology.rows()).extracting(Object::toString).containsExactly("UPSERT L2/properties/L2");
        topology.reprocess(new ReprocessRequest("r2", List.of(), List.of("R1", "AA2"), "test"));

        assertThat(topology.rows())
                .extracting(Object::toString)
                .containsExactly("UPSERT L1/property_rooms/R1", "UPSERT AA2/property_listings/AA2");
    }

    @Test
    void mapsChildrenOfDeletedListingWhenItReturns() {
        topology.send(
                property("L1", 1, ""), media("L1", "M1", 1, "\"ShortDescription\":\"a\",\"LongDescription\":\"b\""));
        topology.send(property("L1", 1, "").deleted());
        topology.restart(TestMapping.standardWith("from: ShortDescription", "from: LongDescription"))
                .reprocess(ALL);

        topology.send(property("L1", 1, ""));

        assertThat(topology.tables()
                        .get("L1/media/M1")
                        .path("short_description")
                        .asText())
                .isEqualTo("b");
    }

    @Test
    void reportsItsBeginningAndItsEnd() {
        topology.send(listing("L1", 1, "A"), listing("L2", 1, "A"));
        topology.restart(CHANGED).reprocess(ALL);
        topology.tally();
        topology.pass(Duration.ofSeconds(1));

        RunState run = topology.runs().stream()
                .filter(state -> state.run().equals(RUN))
                .reduce((a, b) -> b)
                .orElseThrow();

        assertThat(run.feeds().get("reprocess/0").isFinished()).isTrue();
        assertThat(run.feeds().get("reprocess/0").expected()).isEqualTo(2);
        assertThat(run.total().inFlight()).isEqualTo(2);
    }

    @Test
    void makesRowsOnceMoreWithTheSameMappingWhenAskedTo() {
        topology.send(
                listing("L1", 2, "Toronto").in(View.IDX),
                listing("L1", 2, "Toronto").in(View.VOW),
                media("L1", "M1", 1, "").in(View.IDX),
                media("L1", "M1", 1, "").in(View.VOW),
                sheet("AA1", "AA1", 1, ""));
        Map<String, Long> before =
                Map.of("L1/properties/L1", version("L1/properties/L1"), "L1/media/M1", version("L1/media/M1"));
        topology.rows();

        topology.reprocess(again(null, null, null, 0));

        assertThat(topology.rows())
                .extracting(Object::toString)
                .contains("UPSERT L1/properties/L1", "UPSERT L1/media/M1", "UPSERT AA1/property_listings/AA1");
        before.forEach((row, version) -> assertThat(version(row)).isGreaterThan(version));
        assertThat(topology.statusChanges()).isEmpty();
    }

    @Test
    void takesOnlyWhatWasFetchedInATimeOrByARun() {
        topology.send(listing("L1", 1, "A"));
        long between = topology.now().toEpochMilli() + 1;
        topology.send(listing("L2", 1, "A"));
        topology.rows();

        topology.reprocess(again(between, null, null, 0));
        assertThat(topology.rows()).extracting(Object::toString).containsExactly("UPSERT L2/properties/L2");
        topology.reprocess(new ReprocessRequest("r2", List.of(), List.of(), "test", terms(null, between, null, 0)));
        assertThat(topology.rows()).extracting(Object::toString).containsExactly("UPSERT L1/properties/L1");
        topology.reprocess(new ReprocessRequest("r3", List.of(), List.of(), "test", terms(null, null, "no-run", 0)));

        assertThat(topology.rows()).isEmpty();
    }

    @Test
    void pausesResumesAndStopsWhileItRuns() {
        topology.send(listing("L1", 1, "A"), listing("L2", 1, "A"), listing("L3", 1, "A"));
        topology.send(listing("L4", 1, "A"), listing("L5", 1, "A"));
        topology.rows();

        topology.request(again(null, null, null, 4));
        int begun = rowsWithin(Duration.ofMillis(1_100));
        topology.wish(new ReprocessWish(RUN, ReprocessWish.Wish.PAUSE));
        int whilePaused = rowsWithin(Duration.ofSeconds(3));
        topology.wish(new ReprocessWish(RUN, ReprocessWish.Wish.RESUME));
        int resumed = rowsWithin(Duration.ofMillis(200));
        topology.wish(new ReprocessWish(RUN, ReprocessWish.Wish.STOP));
        int stopped = rowsWithin(Duration.ofSeconds(3));

        assertThat(begun).isPositive();
        assertThat(whilePaused).isZero();
        assertThat(resumed).isPositive();
        assertThat(stopped).isZero();
        assertThat(topology.runs().stream()
                        .filter(state -> state.run().equals(RUN))
                        .reduce((a, b) -> b)
                        .orElseThrow()
                        .feeds()
                        .get("reprocess/0")
                        .isFinished())
                .isTrue();
    }

    private int rowsWithin(Duration time) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plusMillis(50)) {
            topology.pass(Duration.ofMillis(50));
        }
        return topology.rows().size();
    }

    private static ReprocessRequest again(Long from, Long to, String fetchedBy, int rate) {
        return new ReprocessRequest(RUN, List.of(), List.of(), "test", terms(from, to, fetchedBy, rate));
    }

    private static ReprocessRequest.Terms terms(Long from, Long to, String fetchedBy, int rate) {
        return new ReprocessRequest.Terms(from, to, fetchedBy, rate, true);
    }

    private Map<String, Long> tallyOfReprocess() {
        topology.tally();
        return topology.tallyOf(RUN).counts();
    }

    private static TestSource listing(String key, long version, String city) {
        return property(
                key,
                version,
                "\"City\":\"" + city + "\",\"CityRegion\":\"region of " + city + "\",\"StandardStatus\":\"Active\"");
    }

    private String city(String listing) {
        return topology.tables()
                .get(listing + "/properties/" + listing)
                .path("city")
                .asText();
    }

    private long version(String row) {
        return topology.tables().get(row).path("row_version").asLong();
    }
}
