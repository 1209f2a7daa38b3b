package com.listingsync.sink.benchmark;

import com.listingsync.sink.RowsTopic;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The table that benchmarks write: 20 columns, rows of about 772 bytes, guarded. Stateless. */
final class BenchedTable {

    static final String NAME = "bench";

    private static final int TEXTS = 18;
    private static final int ROW_BYTES = 772;
    private static final String TEXT_COLUMNS = IntStream.range(1, TEXTS)
            .mapToObj(i ->
                    String.format(Locale.ROOT, ",\"c%02d\":\"%s\"", i, "x".repeat((ROW_BYTES - 40) / (TEXTS - 1) - 9)))
            .collect(Collectors.joining());

    private BenchedTable() {}

    static void add(RowsTopic topic, int number, long version) {
        String id = String.format(Locale.ROOT, "L%07d", number);
        topic.upsert(
                NAME, id, id, version, "\"c00\":\"" + id + "\"" + TEXT_COLUMNS, Optional.of(RowsTopic.origin("run-1")));
    }

    static String columns() {
        return IntStream.range(0, TEXTS)
                        .mapToObj(i -> String.format(Locale.ROOT, "c%02d", i))
                        .collect(Collectors.joining(","))
                + ",deleted_at,row_version";
    }

    static String sql() {
        String texts = IntStream.range(1, TEXTS)
                .mapToObj(i -> String.format(Locale.ROOT, "c%02d text, ", i))
                .collect(Collectors.joining());
        return "create table if not exists bench (c00 text primary key, " + texts
                + "deleted_at timestamptz, row_version bigint not null, seen_at timestamptz default clock_timestamp());"
                + " create or replace function bench_keep_newer() returns trigger language plpgsql as 'begin return null; end';"
                + " drop trigger if exists guard on bench;"
                + " create trigger guard before update on bench for each row when (new.row_version <= old.row_version)"
                + " execute function bench_keep_newer(); grant all on bench to service_role;"
                + " notify pgrst, 'reload schema'";
    }

    static String mapping() {
        String texts = IntStream.range(0, TEXTS)
                .mapToObj(i -> String.format(Locale.ROOT, "      c%02d: {from: c%02d}%n", i, i))
                .collect(Collectors.joining());
        return "version: 1\ntables:\n  bench:\n    entity: property\n    key: c00\n    guard: row_version\n"
                + "    deleted_at: deleted_at\n    columns:\n" + texts
                + "      deleted_at: {computed: deleted_at, type: timestamp}\n"
                + "      row_version: {computed: row_version, type: integer}\n";
    }
}
