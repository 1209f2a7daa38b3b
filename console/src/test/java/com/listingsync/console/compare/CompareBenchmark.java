package com.listingsync.console.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.setting.EnvRecords;
import com.listingsync.console.replay.Project;
import com.listingsync.console.verify.TableReader;
import com.listingsync.console.verify.TableShape;
import com.listingsync.sink.deliver.SupabaseSettings;
import com.listingsync.sink.deliver.TableAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * How long a comparison takes, beside a bare read of both tables at the same time: so many rows of 770 bytes on each side, the same but for
 * ten.
 *
 * <pre>
 *   java -Xmx256m -cp &lt;test class path of console&gt; com.listingsync.console.compare.CompareBenchmark [rows] [rounds]
 * </pre>
 */
public final class CompareBenchmark {

    private static final String REMARKS = "Bright and quiet, close to everything. ".repeat(15);
    private static final String COLUMNS =
            "listing_key, list_price, city, status, modified_at, public_remarks, row_version";

    private CompareBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1;
        Path folder = Files.createTempDirectory("compare-benchmark");
        try (Project project = Project.start(folder.resolve("project"))) {
            project.execute("create table public.old_listings (like public.properties including all); grant all on"
                    + " old_listings to service_role; notify pgrst, 'reload schema'");
            fill(project, "old_listings", rows);
            fill(project, "properties", rows);
            project.byHand("properties", "update properties set city = 'by hand' where list_price < 10");
            project.execute("analyze");
            for (int round = 0; round < rounds; round++) {
                bare(project);
                compare(project);
            }
        }
    }

    private static void fill(Project project, String table, int rows) {
        project.execute("insert into " + table + " (" + COLUMNS + ") select 'W' || i, i + 0.50, 'Toronto', 'active',"
                + " '2026-11-22T08:00:00Z', '" + REMARKS + "', 1 from generate_series(0, " + (rows - 1) + ") i");
    }

    private static void compare(Project project) {
        OldSide old = OldSide.of("old_listings", new OldSide.Entry("", "", "/rest/v1", ""), project.environment());
        CompareReport report = new ProjectComparison(
                        project.environment(), old, Mapping.standard(), request(), Clock.systemUTC())
                .work(() -> false);
        double seconds = (report.endedAt() - report.startedAt()) / 1000.0;
        System.out.printf(
                Locale.ROOT,
                "compared %,d rows of each side in %.1f s, %,.0f rows/s read, %d differences%n",
                report.keys(),
                seconds,
                2 * report.keys() / seconds,
                report.differing());
    }

    /** The same columns of both tables at the same time, parsed and thrown away. */
    private static void bare(Project project) {
        Map<String, String> environment = new HashMap<>(project.environment());
        TablePair pair = Pairing.of(
                request(), TableShape.all(Mapping.standard()).get("properties"), "old_listings", Optional.empty());
        AtomicLong read = new AtomicLong();
        long begun = System.nanoTime();
        try (TableAccess access = new TableAccess(EnvRecords.read(SupabaseSettings.class, environment))) {
            TableReader reader = new TableReader(access);
            Consumer<JsonNode> count = row -> read.incrementAndGet();
            CompletableFuture<Void> old =
                    CompletableFuture.runAsync(() -> reader.all(pair.oldShape(), count, () -> false));
            reader.all(pair.shape(), count, () -> false);
            old.join();
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf(
                Locale.ROOT, "read %,d rows in %.1f s, %,.0f rows/s%n", read.get(), seconds, read.get() / seconds);
    }

    private static CompareRequest request() {
        return new CompareRequest(
                List.of("properties"), List.of(), List.of(), Map.of(), CompareRequest.USUALLY_IGNORED, 0, 5, false);
    }
}
