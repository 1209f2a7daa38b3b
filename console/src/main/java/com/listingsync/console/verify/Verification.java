package com.listingsync.console.verify;

import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.setting.EnvRecords;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.common.wire.RowKey;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.console.shell.CommandFailure;
import com.listingsync.console.verify.Difference.Kind;
import com.listingsync.console.verify.VerifyReport.TableReport;
import com.listingsync.sink.cutover.CutoverSettings;
import com.listingsync.sink.cutover.Share;
import com.listingsync.sink.deliver.SupabaseSettings;
import com.listingsync.sink.deliver.TableAccess;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * One comparison of a Supabase project with the log. One thread asks; the log and the tables are read side by side.
 */
public final class Verification {

    /** Suspects that are looked at again; what is beyond them is counted as it was found. */
    private static final int SUSPECTS = 100_000;

    private final KafkaAccess access;
    private final SupabaseSettings project;
    private final CutoverSettings cutover;
    private final Map<String, TableShape> shapes;
    private final VerifyRequest request;
    private final Clock clock;
    private final BothSides sides;

    /**
     * @param environment names the Supabase project, as the sink's settings do
     * @throws SettingsException when a setting is wrong, or a table is not in the mapping
     */
    public Verification(
            KafkaAccess access, Map<String, String> environment, Mapping mapping, VerifyRequest request, Clock clock) {
        this.access = access;
        this.project = EnvRecords.read(SupabaseSettings.class, environment);
        this.cutover = EnvRecords.read(CutoverSettings.class, environment);
        this.request = request;
        this.clock = clock;
        Map<String, TableShape> all = TableShape.all(mapping);
        for (String table : request.tables()) {
            if (!all.containsKey(table)) {
                throw new SettingsException("--table: there is no table '" + table + "' in the mapping; there are "
                        + String.join(", ", all.keySet()));
            }
        }
        this.shapes = new LinkedHashMap<>(all);
        if (!request.tables().isEmpty()) {
            shapes.keySet().retainAll(request.tables());
        }
        this.sides = new BothSides(shapes, request, clock);
    }

    /** Rows read so far, of the log and of the tables; may be asked from any thread. */
    public long read() {
        return sides.read();
    }

    /**
     * Compares.
     *
     * @param enough asked now and then; an early end compares what was read by then with nothing, and reports nothing
     * @throws CommandFailure when Supabase can't be read, or it was ended early
     * @throws org.apache.kafka.common.KafkaException when Kafka can't be read
     */
    public VerifyReport work(BooleanSupplier enough) {
        cutover.requireWriting("a comparison with the log");
        long startedAt = clock.millis();
        try (TableAccess tables = new TableAccess(project);
                RowLogReader log = new RowLogReader(access, shapes, wanted());
                SinkOffsets sink = new SinkOffsets(access);
                Comparison comparison = new Comparison()) {
            TableReader reader = new TableReader(tables);
            Map<Integer, Long> ends = request.ends().orElseGet(log::ends);
            Counts counts = new Counts();
            sides.readInto(comparison, log, reader, ends, enough);
            if (enough.getAsBoolean()) {
                throw new CommandFailure("the comparison was ended early; nothing was found out");
            }
            comparison.compare(one -> {
                if (isOurs(one)) {
                    counts.suspect(one);
                }
            });
            boolean live = request.ends().isEmpty();
            Recheck recheck = new Recheck(shapes, log, reader, live ? sink::now : () -> ends, live, enough);
            List<Difference> left = recheck.of(counts.suspects, request.grace());
            return report(startedAt, comparison, counts, left, recheck);
        }
    }

    /** What differs at first sight. */
    private static final class Counts {

        private final List<Difference> suspects = new ArrayList<>();
        private final Map<String, Map<Kind, Long>> beyond = new HashMap<>();

        void suspect(Difference one) {
            if (suspects.size() < SUSPECTS) {
                suspects.add(one);
            } else {
                add(beyond, one);
            }
        }
    }

    private VerifyReport report(
            long startedAt, Comparison comparison, Counts counts, List<Difference> left, Recheck recheck) {
        Map<String, Map<Kind, Long>> differing = new HashMap<>();
        counts.beyond.forEach((table, kinds) -> differing.put(table, new EnumMap<>(kinds)));
        List<Difference> listed = new ArrayList<>();
        for (Difference one : left) {
            Optional<Difference> still =
                    listed.size() < VerifyReport.WITH_COLUMNS ? recheck.columns(one) : Optional.of(one);
            still.ifPresent(known -> {
                add(differing, known);
                listed.add(known);
            });
        }
        Map<String, TableReport> tables = new HashMap<>();
        shapes.keySet()
                .forEach(table -> tables.put(
                        table,
                        new TableReport(
                                comparison.logged(table),
                                comparison.found(table),
                                differing.getOrDefault(table, Map.of()))));
        return new VerifyReport(
                startedAt,
                clock.millis(),
                tables,
                listed,
                !request.isNarrow() && request.tables().isEmpty());
    }

    /** While listings are left to an older sync, a row that this sync's part of the log does not know may be that one's. */
    private boolean isOurs(Difference one) {
        return one.kind() != Kind.EXTRA || cutover.percent() == Share.BUCKETS;
    }

    private Predicate<RowKey> wanted() {
        Share share = cutover.share();
        if (request.keys().isEmpty()) {
            return share::takes;
        }
        Collection<String> keys = new HashSet<>(request.keys());
        return key -> share.takes(key) && (keys.contains(key.listing()) || keys.contains(key.id()));
    }

    private static void add(Map<String, Map<Kind, Long>> counts, Difference one) {
        counts.computeIfAbsent(one.table(), table -> new EnumMap<>(Kind.class)).merge(one.kind(), 1L, Long::sum);
    }
}
