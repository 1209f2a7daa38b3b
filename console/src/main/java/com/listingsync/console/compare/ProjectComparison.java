package com.listingsync.console.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.setting.EnvRecords;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.console.shell.CommandFailure;
import com.listingsync.console.verify.TableReader;
import com.listingsync.console.verify.TableShape;
import com.listingsync.sink.deliver.SupabaseSettings;
import com.listingsync.sink.deliver.TableAccess;
import com.listingsync.sink.deliver.TableAccess.AwayException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The comparison of an older sync's tables with those of this one. Confined to one thread, but for {@link #read}. */
public final class ProjectComparison {

    /** What PostgREST and PostgreSQL call a table that is not there. */
    private static final Set<String> NO_TABLE = Set.of("PGRST205", "42P01");

    private final SupabaseSettings newer;
    private final OldSide old;
    private final Map<String, TableShape> shapes;
    private final CompareRequest request;
    private final Clock clock;
    private volatile long readBefore;
    private volatile @Nullable TableComparison now;

    /**
     * @param environment names the new project, as the sink's settings do
     * @throws SettingsException when a setting is wrong, or a table is not in the mapping
     */
    public ProjectComparison(
            Map<String, String> environment, OldSide old, Mapping mapping, CompareRequest request, Clock clock) {
        this.newer = EnvRecords.read(SupabaseSettings.class, environment);
        this.old = old;
        this.shapes = TableShape.all(mapping);
        this.request = tables(request, old, mapping);
        this.clock = clock;
        for (String table : this.request.tables()) {
            if (!shapes.containsKey(table)) {
                throw new SettingsException("--table: there is no table '" + table + "' in the mapping; there are "
                        + String.join(", ", shapes.keySet()));
            }
        }
    }

    /** Rows read so far, of both sides; may be asked from any thread. */
    public long read() {
        TableComparison table = now;
        return readBefore + (table == null ? 0 : table.read());
    }

    /**
     * Compares.
     *
     * @param enough asked now and then; when it says so, nothing is reported
     * @throws CommandFailure when Supabase can't be read, or it was ended early
     */
    public CompareReport work(BooleanSupplier enough) {
        long startedAt = clock.millis();
        List<CompareReport.Table> tables = new ArrayList<>();
        try (TableAccess olderAccess = new TableAccess(EnvRecords.read(SupabaseSettings.class, old.environment()));
                TableAccess newerAccess = new TableAccess(newer)) {
            for (String table : request.tables()) {
                String oldTable = old.table().orElse(table);
                Optional<List<JsonNode>> first = first(olderAccess, oldTable);
                if (first.isEmpty()) {
                    tables.add(CompareReport.Table.skipped(table, oldTable, "the old side has no such table"));
                    continue;
                }
                TablePair pair = Pairing.of(
                        request, shape(table), oldTable, first.get().stream().findFirst());
                TableComparison one =
                        new TableComparison(pair, new TableReader(olderAccess), new TableReader(newerAccess), enough);
                now = one;
                tables.add(
                        request.sample() > 0
                                ? one.sample(request.sample(), request.samples(), request.hidden())
                                : one.all(request.samples(), request.hidden()));
                readBefore = read();
                now = null;
            }
        }
        return new CompareReport(startedAt, clock.millis(), name(), old.name(), request.sample(), tables);
    }

    /** Any row, to see which columns there are; empty when there is no such table. */
    private static Optional<List<JsonNode>> first(TableAccess access, String table) {
        try {
            return Optional.of(access.select(table, Map.of("select", "*", "limit", "1")));
        } catch (AwayException e) {
            if (NO_TABLE.contains(e.cause())) {
                return Optional.empty();
            }
            // Somebody has to mend the address, the key or the project first.
            throw new CommandFailure("the old table " + table + " can't be read: " + e.words(), e);
        }
    }

    private TableShape shape(String table) {
        TableShape shape = shapes.get(table);
        if (shape == null) {
            throw new IllegalStateException("table " + table + " was not looked for in the mapping");
        }
        return shape;
    }

    private String name() {
        String host = newer.url().getAuthority();
        return newer.schema().isEmpty() ? host : host + ", schema " + newer.schema();
    }

    private static CompareRequest tables(CompareRequest request, OldSide old, Mapping mapping) {
        List<String> all =
                mapping.tables().stream().map(table -> table.layout().name()).toList();
        List<String> tables = request.tables();
        if (tables.isEmpty() && old.table().isPresent()) {
            if (!all.contains(old.table().get())) {
                throw new SettingsException(
                        "--against names the old table '" + old.table().get()
                                + "': name the new one that it is to be compared with, --table TABLE; there are "
                                + String.join(", ", all));
            }
            tables = List.of(old.table().get());
        }
        if (tables.size() > 1 && old.table().isPresent()) {
            throw new SettingsException(
                    "--against names one old table, and --table names " + tables.size() + " new ones");
        }
        return new CompareRequest(
                tables.isEmpty() ? all : tables,
                request.keys(),
                request.columns(),
                request.oldNames(),
                request.ignored(),
                request.sample(),
                request.samples(),
                request.hidden());
    }
}
