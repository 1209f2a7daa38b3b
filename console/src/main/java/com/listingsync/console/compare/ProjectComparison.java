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
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The comparison of an older sync's tables with those of this one. Confined to one thread, but for {@link #read}. */
public final class ProjectComparison {

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
        requireApart();
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
                tables.add(compared(table, oldTable, olderAccess, newerAccess, enough));
            }
        }
        return new CompareReport(startedAt, clock.millis(), name(), old.name(), request.sample(), tables);
    }

    private CompareReport.Table compared(
            String table, String oldTable, TableAccess olderAccess, TableAccess newerAccess, BooleanSupplier enough) {
        try {
            Optional<JsonNode> row = old.row(olderAccess, oldTable);
            TablePair pair = Pairing.of(request, shape(table), oldTable, row);
            old.requireKeys(olderAccess, pair);
            TableComparison one =
                    new TableComparison(pair, new TableReader(olderAccess), new TableReader(newerAccess), enough);
            now = one;
            CompareReport.Table found = request.sample() > 0
                    ? one.sample(request.sample(), request.samples(), request.hidden())
                    : one.all(request.samples(), request.hidden());
            readBefore = read();
            return found;
        } catch (IncomparableException e) {
            // The report says so; the next table is another matter.
            return CompareReport.Table.skipped(table, oldTable, String.valueOf(e.getMessage()));
        } catch (SettingsException e) {
            if (request.tables().size() == 1) {
                throw e;
            }
            // Of many tables one that does not fit keeps nobody from the others.
            return CompareReport.Table.skipped(table, oldTable, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            // Somebody wants this thread to end at once: it has only read.
            Thread.currentThread().interrupt();
            throw new CommandFailure("the comparison was interrupted; nothing was found out", e);
        } finally {
            now = null;
        }
    }

    /** A table that is compared with itself is always the same, and says nothing. */
    private void requireApart() {
        SupabaseSettings older = EnvRecords.read(SupabaseSettings.class, old.environment());
        boolean samePlace =
                older.restBase().equals(newer.restBase()) && schema(older).equals(schema(newer));
        boolean sameTables = old.table().isEmpty()
                || request.tables().equals(List.of(old.table().get()));
        if (samePlace && sameTables) {
            throw new SettingsException("--against " + old.name()
                    + " names the very tables that are to be compared with it: name the old ones, or the new ones' schema"
                    + " with SUPABASE_SCHEMA");
        }
    }

    /** Which schema comes first is the project's to say; it is this one unless somebody has changed that. */
    private static String schema(SupabaseSettings project) {
        return project.schema().isEmpty() ? "public" : project.schema();
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
