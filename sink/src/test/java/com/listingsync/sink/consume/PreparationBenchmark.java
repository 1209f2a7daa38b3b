package com.listingsync.sink.consume;

import com.listingsync.common.event.Operation;
import com.listingsync.common.event.Origin;
import com.listingsync.common.event.RowEvent;
import com.listingsync.common.event.View;
import com.listingsync.common.wire.RecordHeaders;
import com.listingsync.common.wire.RowKey;
import com.listingsync.sink.batch.BatchLimits;
import com.listingsync.sink.batch.Coalesced;
import com.listingsync.sink.batch.Plan;
import com.listingsync.sink.batch.Row;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.TimestampType;

/** CPU nanoseconds per row of what happens to a poll before anything is sent: rounds of 4,000 rows of 772 bytes. Run by hand. */
public final class PreparationBenchmark {

    private static final int ROWS = 4_000;
    private static final int REPEATS = 300;
    private static final int ROW_BYTES = 772;

    private PreparationBenchmark() {}

    public static void main(String[] arguments) {
        List<ConsumerRecord<byte[], byte[]>> records = records();
        List<Row> rows = read(records);
        Coalesced coalesced = Coalesced.of(rows);
        Coalesced others = Coalesced.of(List.of());
        for (int round = 1; round <= 3; round++) {
            measure("read key and headers", () -> read(records).size());
            measure("coalesce", () -> Coalesced.of(rows).latest().size());
            measure(
                    "sort and cut into batches",
                    () -> Plan.of(rows, table -> new BatchLimits(500, 2 << 20))
                            .stages()
                            .size());
            measure("compare with a round before", () -> coalesced.disjoint(others) ? 1 : 0);
        }
    }

    private static void measure(String name, Supplier<Integer> work) {
        long used = 0;
        long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (int i = 0; i < REPEATS; i++) {
            used += work.get();
        }
        long took = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin;
        System.out.printf(Locale.ROOT, "%-32s %5d ns/row (%d)%n", name, took / REPEATS / ROWS, used);
    }

    private static List<Row> read(List<ConsumerRecord<byte[], byte[]>> records) {
        RowReader reader = new RowReader(List.of(Sequence.PARENTS));
        List<Row> rows = new ArrayList<>(records.size());
        for (ConsumerRecord<byte[], byte[]> one : records) {
            boolean added = reader.read(one, rows.size())
                    .fold(understood -> rows.add(understood.row()), unreadable -> false, leftOut -> false);
            if (!added) {
                throw new IllegalStateException("a row could not be read");
            }
        }
        return rows;
    }

    private static List<ConsumerRecord<byte[], byte[]>> records() {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            String id = String.format(Locale.ROOT, "L%07d", (i * 7919L) % ROWS);
            byte[] key = new RowKey(id, "parents", id).bytes();
            byte[] value = ("{\"id\":\"" + id + "\",\"city\":\"" + "x".repeat(ROW_BYTES - 30) + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
            records.add(new ConsumerRecord<>(
                    Sequence.TOPIC,
                    0,
                    i,
                    0,
                    TimestampType.CREATE_TIME,
                    key.length,
                    value.length,
                    key,
                    value,
                    asPolled(),
                    Optional.empty()));
        }
        return records;
    }

    private static org.apache.kafka.common.header.Headers asPolled() {
        org.apache.kafka.common.header.internals.RecordHeaders written =
                new org.apache.kafka.common.header.internals.RecordHeaders();
        Origin origin = new Origin("board", "property", View.IDX, Optional.of("run-1"));
        RecordHeaders.write(new RowEvent("parents", Operation.UPSERT, 1, Optional.of(origin)), written);
        org.apache.kafka.common.header.internals.RecordHeaders polled =
                new org.apache.kafka.common.header.internals.RecordHeaders();
        written.forEach(header -> polled.add(new RecordHeader(header.key(), header.value())));
        return polled;
    }
}
