package com.listingsync.console.verify;

import com.listingsync.common.event.Operation;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.console.replay.Project;
import com.listingsync.console.replay.RowLog;
import com.listingsync.embedded.kafka.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How long a verification takes, and how much of the heap it needs: so many rows of 770 bytes, in sync but for ten.
 *
 * <pre>
 *   java -Xmx256m -cp &lt;test class path of console&gt; com.listingsync.console.verify.VerifyBenchmark [rows] [rounds]
 * </pre>
 */
public final class VerifyBenchmark {

    private static final String REMARKS = "Bright and quiet, close to everything. ".repeat(15);

    private VerifyBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1;
        Path folder = Files.createTempDirectory("verify-benchmark");
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0);
                Project project = Project.start(folder.resolve("project"));
                RowLog log = new RowLog(kafka.bootstrapServers(), "b")) {
            fill(log, rows);
            project.execute(
                    "insert into properties (listing_key, list_price, city, status, modified_at, public_remarks,"
                            + " row_version) select 'W' || i, i + 0.50, 'Toronto', 'active', '2026-11-22T08:00:00Z', '"
                            + REMARKS
                            + "', 1 from generate_series(0, " + (rows - 1) + ") i");
            project.byHand("properties", "update properties set city = 'by hand' where list_price < 10");
            for (int round = 0; round < rounds; round++) {
                verify(project, log);
            }
        }
    }

    private static void fill(RowLog log, int rows) {
        for (int i = 0; i < rows; i++) {
            String key = "W" + i;
            log.row(
                    key,
                    "properties",
                    key,
                    Operation.UPSERT,
                    1,
                    "\"listing_key\":\"" + key + "\",\"list_price\":" + i
                            + ".5,\"city\":\"Toronto\",\"status\":\"active\",\"modified_at\":\"2026-11-22T03:00:00-05:00\",\"public_remarks\":\""
                            + REMARKS + "\"");
        }
        log.flush();
    }

    private static void verify(Project project, RowLog log) {
        Map<Integer, Long> ends;
        try (RowLogReader reader = new RowLogReader(log.access(), Map.of(), key -> true)) {
            ends = reader.ends();
        }
        long begun = System.nanoTime();
        VerifyReport report = new Verification(
                        log.access(),
                        log.environment(project),
                        Mapping.standard(),
                        new VerifyRequest(List.of(), List.of(), 0, Duration.ZERO, Optional.of(ends)),
                        Clock.systemUTC())
                .work(() -> false);
        System.out.printf(
                Locale.ROOT,
                "%,d rows in %.1f s, %d differences%n",
                report.compared(),
                (System.nanoTime() - begun) / 1e9,
                report.differing());
    }
}
