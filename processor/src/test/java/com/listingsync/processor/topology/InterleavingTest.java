package com.listingsync.processor.topology;

import static com.listingsync.processor.topology.TestSource.media;
import static com.listingsync.processor.topology.TestSource.property;
import static com.listingsync.processor.topology.TestSource.sheet;
import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.event.View;
import com.listingsync.common.run.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Any interleaving of what can happen ends in the tables of the simple model; a failure names its seed. */
class InterleavingTest {

    private static final int STEPS = 150;
    private static final List<String> STATUSES = List.of("Active", "Pending", "Closed");

    @RepeatedTest(60)
    void endsInTablesOfTheModel(RepetitionInfo repetition) {
        int seed = repetition.getCurrentRepetition();
        Random random = new Random(seed);
        SimpleModel model = new SimpleModel();
        List<TestSource> sent = new ArrayList<>();
        List<String> changes = new ArrayList<>();
        List<String> rows = new ArrayList<>();

        try (TopologyHarness topology = new TopologyHarness()) {
            for (int step = 0; step < STEPS; step++) {
                TestSource record = next(random, sent);
                sent.add(record);
                model.take(record);
                topology.send(record);
                topology.rows().forEach(row -> rows.add(row.toString()));
                assertThat(SimpleModel.visible(topology.tables()))
                        .as("seed %s, step %s, after %s", seed, step, record)
                        .isEqualTo(model.tables());
            }
            topology.statusChanges().stream()
                    .map(change -> change.path("listing").asText() + " "
                            + change.path("from").asText() + " "
                            + change.path("to").asText())
                    .forEach(changes::add);
            Tally tally = topology.tally();
            long principals =
                    rows.stream().filter(row -> !row.endsWith("derived")).count();

            assertThat(changes).as("seed %s", seed).isEqualTo(model.changes());
            assertThat(principals + tally.skipped() + tally.parked() + tally.refused())
                    .as("seed %s: the books balance", seed)
                    .isEqualTo(STEPS);
        }
    }

    private static TestSource next(Random random, List<TestSource> sent) {
        if (!sent.isEmpty() && random.nextInt(4) == 0) {
            return sent.get(random.nextInt(sent.size()));
        }
        String listing = "L" + random.nextInt(3);
        long version = 1 + random.nextInt(6);
        String status = STATUSES.get(random.nextInt(STATUSES.size()));
        TestSource record = switch (random.nextInt(6)) {
            case 0, 1 ->
                property(
                                listing,
                                version,
                                "\"City\":\"C" + random.nextInt(100) + "\",\"StandardStatus\":\"" + status + "\"")
                        .in(random.nextBoolean() ? View.IDX : View.VOW);
            case 2, 3 -> media(listing, "M" + listing + random.nextInt(3), version, "\"Order\":" + random.nextInt(100));
            case 4 ->
                media(listing, "M" + listing + SimpleModel.SHARED, version, "\"Order\":" + random.nextInt(100))
                        .in(random.nextBoolean() ? View.IDX : View.VOW);
            default -> sheet(listing, "AA" + listing, version, "\"Status\":\"" + status + "\"");
        };
        return random.nextInt(5) == 0 ? record.deleted() : record;
    }
}
