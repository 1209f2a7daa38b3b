package com.listingsync.processor.topology;

import static com.listingsync.processor.topology.TestSource.media;
import static com.listingsync.processor.topology.TestSource.openHouse;
import static com.listingsync.processor.topology.TestSource.property;
import static com.listingsync.processor.topology.TestSource.room;
import static com.listingsync.processor.topology.TestSource.sheet;
import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.event.View;
import com.listingsync.common.run.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/**
 * Any interleaving of what can happen ends in the tables of the simple model; a failure names its seed. {@code -Dseeds=5000}
 * draws more of them, {@code -Dseed=17} begins at another one.
 */
class InterleavingTest {

    private static final int SEEDS = Integer.getInteger("seeds", 80);
    private static final int FIRST_SEED = Integer.getInteger("seed", 1);
    private static final int STEPS = 150;
    private static final int UNREADABLE_ONE_IN = 40;
    private static final int GARBAGE_ONE_IN = 12;
    private static final List<String> STATUSES = List.of("Active", "Pending", "Closed");

    @Test
    void endsInTablesOfTheModel() {
        for (int seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            new Interleaving(seed).run();
        }
    }

    /** One of them. Even seeds draw photos that both connections have; odd ones count what is parked. */
    private static final class Interleaving {

        private final int seed;
        private final Random random;
        private final SimpleModel model = new SimpleModel();
        private final List<TestSource> sent = new ArrayList<>();
        private final List<String> rows = new ArrayList<>();

        private int unreadable;

        Interleaving(int seed) {
            this.seed = seed;
            this.random = new Random(seed);
        }

        void run() {
            try (TopologyHarness topology = new TopologyHarness()) {
                for (int step = 0; step < STEPS; step++) {
                    TestSource record = next();
                    if (random.nextInt(UNREADABLE_ONE_IN) == 0) {
                        unreadable++;
                        topology.sendRaw(record.entity(), record.key().bytes(), record.value(), new RecordHeaders());
                    }
                    sent.add(record);
                    model.take(record);
                    topology.send(record);
                    topology.rows().forEach(row -> rows.add(row.toString()));
                    assertThat(SimpleModel.visible(topology.tables()))
                            .as("seed %s, step %s, after %s", seed, step, record)
                            .isEqualTo(model.tables());
                }
                booksBalance(topology);
            }
        }

        private void booksBalance(TopologyHarness topology) {
            List<String> changes = topology.statusChanges().stream()
                    .map(change -> change.path("listing").asText() + " "
                            + change.path("from").asText() + " "
                            + change.path("to").asText())
                    .toList();
            assertThat(changes).as("seed %s: status changes", seed).isEqualTo(model.changes());

            Tally tally = topology.tally();
            long principals =
                    rows.stream().filter(row -> !row.endsWith("derived")).count();
            assertThat(principals + tally.skipped() + tally.parked() + tally.refused())
                    .as("seed %s: the books balance", seed)
                    .isEqualTo(STEPS);
            assertThat(topology.deadLetters())
                    .as("seed %s: dead letters", seed)
                    .hasSize((int) tally.refused() + unreadable);
            if (!shared()) {
                assertThat(tally.parked()).as("seed %s: parked", seed).isEqualTo(model.parked());
            }
        }

        private boolean shared() {
            return seed % 2 == 0;
        }

        private TestSource next() {
            if (!sent.isEmpty() && random.nextInt(4) == 0) {
                return sent.get(random.nextInt(sent.size()));
            }
            TestSource record = drawn("L" + random.nextInt(3), 1 + random.nextInt(6));
            return random.nextInt(5) == 0 ? record.deleted() : record;
        }

        private TestSource drawn(String listing, long version) {
            String status = "\"" + STATUSES.get(random.nextInt(STATUSES.size())) + "\"";
            int detail = random.nextInt(100);
            View view = random.nextBoolean() ? View.IDX : View.VOW;
            switch (random.nextInt(8)) {
                case 0, 1:
                    TestSource said = property(
                                    listing, version, "\"City\":\"C" + detail + "\",\"StandardStatus\":" + status)
                            .in(view);
                    return random.nextInt(GARBAGE_ONE_IN) == 0 ? said.withJson(SimpleModel.GARBAGE) : said;
                case 2, 3:
                    return media(listing, "M" + listing + random.nextInt(3), version, "\"Order\":" + detail);
                case 4:
                    return shared()
                            ? media(listing, "M" + listing + SimpleModel.SHARED, version, "\"Order\":" + detail)
                                    .in(view)
                            : room(listing, "R" + listing, version, "\"RoomLength\":" + detail);
                case 5:
                    return openHouse(listing, "O" + listing, version, "\"OpenHouseRemarks\":\"" + detail + "\"");
                case 6:
                    return sheet("U" + listing, "U" + listing, version, "\"Status\":" + status);
                default:
                    return sheet(listing, "AA" + listing, version, "\"Status\":" + status);
            }
        }
    }
}
