package com.listingsync.sink.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.meter.Meters;
import com.listingsync.common.run.Tally;
import com.listingsync.common.setting.EnvRecords;
import com.listingsync.sink.batch.Batch;
import com.listingsync.sink.batch.BatchLimits;
import com.listingsync.sink.batch.Plan;
import com.listingsync.sink.batch.Row;
import com.listingsync.sink.batch.RowAction;
import com.listingsync.sink.batch.Rows;
import com.listingsync.sink.rest.TableServer;
import com.listingsync.sink.rest.Tables;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How bad rows are found among good ones, counted in requests. */
class BisectionTest {

    /** Halving 500 rows down to one takes 9 steps of two requests each, and the batch itself is one. */
    private static final int EXTRA_PER_BAD_ROW = 18;

    private final TableServer server = TableServer.start();
    private final Tables tables = new Tables();
    private final Meters meters = new Meters();
    private final SupabaseDelivery supabase = new SupabaseDelivery(
            EnvRecords.read(
                    SupabaseSettings.class,
                    Map.of(
                            "SUPABASE_URL",
                            server.uri().toString(),
                            "SUPABASE_REST_PATH",
                            "/",
                            "SUPABASE_SERVICE_ROLE_KEY",
                            "key")),
            EnvRecords.read(DeliverySettings.class, Map.of("SYNC_RETRY_DELAY", "1ms")),
            meters);

    @BeforeEach
    void begin() {
        server.reset(tables, request -> TableServer.WILLING);
    }

    @AfterEach
    void close() {
        supabase.close();
        server.close();
        meters.close();
    }

    @Test
    void findsOneBadRowAmong500WithAtMost19RequestsMore() {
        for (int bad : new int[] {0, 1, 250, 321, 498, 499}) {
            server.reset(new Tables(), request -> TableServer.WILLING);

            BatchReport report = deliver(rows(500, Set.of(bad))).get(0);

            assertThat(report.books().tallies().get(Rows.ACCOUNT)).isEqualTo(Tally.of(Tally.WRITTEN, 499));
            assertThat(report.refused()).singleElement().satisfies(refused -> {
                assertThat(refused.row().place()).isEqualTo(bad);
                assertThat(refused.code()).isEqualTo("22P02");
            });
            assertThat(server.requests() - 1).isLessThanOrEqualTo(19);
        }
    }

    @Test
    void findsTenBadRowsAmong10000WithAtMost19RequestsMoreForEach() {
        for (int seed = 0; seed < 5; seed++) {
            server.reset(new Tables(), request -> TableServer.WILLING);
            Set<Integer> bad = new Random(seed)
                    .ints(0, 10_000)
                    .distinct()
                    .limit(10)
                    .boxed()
                    .collect(Collectors.toSet());

            List<BatchReport> reports = deliver(rows(10_000, bad));

            assertThat(reports)
                    .flatExtracting(BatchReport::refused)
                    .extracting(refused -> refused.row().place())
                    .containsExactlyInAnyOrderElementsOf(bad);
            assertThat(server.requests() - 20).isLessThanOrEqualTo(10 * EXTRA_PER_BAD_ROW);
        }
    }

    @Test
    void halvesABatchThatTimesOutInTheDatabaseUntilItFits() {
        server.reset(
                tables,
                request -> request.rows() > 100 ? new TableServer.Mood.Saying(500, "57014") : TableServer.WILLING);

        List<BatchReport> reports = deliver(rows(500, Set.of()));

        assertThat(reports).allSatisfy(report -> assertThat(report.refused()).isEmpty());
        assertThat(tables.all("parents")).hasSize(500);
        // 500, two halves of 250, four of 125, eight of 62 or 63.
        assertThat(server.requests()).isEqualTo(1 + 2 + 4 + 8);
        assertThat(supabase.limits(Rows.PARENTS).rows()).isLessThanOrEqualTo(100);
    }

    private List<BatchReport> deliver(List<Row> rows) {
        List<BatchReport> reports = new ArrayList<>();
        for (List<Batch> stage :
                Plan.of(rows, table -> new BatchLimits(500, 1 << 20)).stages()) {
            stage.forEach(batch -> reports.add(supabase.deliver(batch, Orphans.TELL_APART, new Abandonment())));
        }
        return reports;
    }

    private static List<Row> rows(int count, Set<Integer> bad) {
        return IntStream.range(0, count)
                .mapToObj(i -> row(i, bad.contains(i) ? "bad" : "good"))
                .toList();
    }

    private static Row row(int place, String city) {
        String id = String.format("r%05d", place);
        String json = "{\"id\":\"" + id + "\",\"city\":\"" + city + "\",\"row_version\":1}";
        return new Row(
                place,
                Rows.PARENTS,
                RowAction.UPSERT,
                id,
                id,
                1,
                json.getBytes(StandardCharsets.UTF_8),
                Optional.of(Rows.ACCOUNT));
    }
}
