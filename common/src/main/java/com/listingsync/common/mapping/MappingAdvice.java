package com.listingsync.common.mapping;

import com.listingsync.common.connection.NearestName;
import com.listingsync.common.event.Entity;
import com.listingsync.common.event.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a mapping that can be used probably gets wrong. Confined to one thread. */
final class MappingAdvice {

    /** What the VOW licence adds: sold, terminated and historical data (facts.md §1); for registered clients only. */
    private static final Set<String> VOW_ONLY = Set.of(
            "ClosePrice",
            "CloseDate",
            "DaysOnMarket",
            "CumulativeDaysOnMarket",
            "PurchaseContractDate",
            "ContingentDate",
            "CancellationDate",
            "WithdrawnDate",
            "OffMarketDate",
            "OffMarketTimestamp",
            "ConcessionsAmount");

    private final Problems problems;
    private final DataDictionary dictionary = DataDictionary.load();

    MappingAdvice(Problems problems) {
        this.problems = problems;
    }

    void of(Mapping mapping) {
        mapping.tables().forEach(table -> table(mapping, table));
    }

    private void table(Mapping mapping, TableMapping table) {
        TableLayout layout = table.layout();
        String at = "tables." + layout.name();
        if (layout.guard().isEmpty()) {
            problems.warning(
                    at + ".guard",
                    "no guard: a late or repeated write can replace a newer row; name the column that holds row_version");
        }
        if (layout.deletedAt().isEmpty()) {
            problems.warning(at + ".deleted_at", "no column marks deleted rows: they stay as they are for ever");
        }
        layout.guard().ifPresent(column -> computed(at, table, column, Computation.ROW_VERSION));
        layout.deletedAt().ifPresent(column -> computed(at, table, column, Computation.DELETED_AT));
        if (table.entity().child()) {
            mapping.of(Entity.PROPERTY).stream()
                    .filter(parent -> parent.layout().stage() >= layout.stage())
                    .findFirst()
                    .ifPresent(parent -> problems.warning(
                            at + ".stage",
                            "expected a later stage than " + parent.layout().name() + "'s "
                                    + parent.layout().stage() + ", so that parents are written first; found "
                                    + layout.stage()));
        }
        table.columns().forEach(column -> column(at + ".columns." + column.name(), table.entity(), column));
        conditions(at + ".keep", table.entity(), table.keep());
        conditions(at + ".drop", table.entity(), table.drop());
        conditions(at + ".deleted_when", table.entity(), table.deletedWhen());
    }

    private void computed(String at, TableMapping table, String name, Computation expected) {
        boolean right = table.columns().stream()
                .filter(column -> column.name().equals(name))
                .anyMatch(column -> column.source() instanceof ColumnSource.Computed c && c.name() == expected);
        if (!right) {
            problems.warning(
                    at + ".columns." + name,
                    "expected computed: " + expected.wireName() + ", which the sink counts on");
        }
    }

    private void column(String at, Entity entity, ColumnMapping column) {
        List<String> fields = column.source()
                .fold(ColumnSource.Fields::names, c -> List.of(), ColumnSource.Concat::names, c -> List.of());
        fields.forEach(field -> known(at, entity, field));
        boolean single = column.source() instanceof ColumnSource.Fields;
        for (String field : single ? fields : List.<String>of()) {
            Optional<DataDictionary.Type> type = dictionary.type(entity, field);
            if (type.isPresent() && !type.get().suits(column.type())) {
                problems.warning(
                        at + ".type",
                        "'" + field + "' holds " + type.get().words() + " by the Data Dictionary; the column takes "
                                + column.type().wireName());
            }
        }
        List<String> vow = new ArrayList<>(fields);
        vow.retainAll(VOW_ONLY);
        if (entity == Entity.PROPERTY && !vow.isEmpty() && column.view() != View.VOW) {
            problems.warning(
                    at,
                    "'" + vow.get(0)
                            + "' is for registered clients only under most licences; mark the column view: vow");
        }
        if (column.source() instanceof ColumnSource.Computed c
                && c.name() == Computation.RECORD
                && entity == Entity.PROPERTY
                && column.view() != View.VOW) {
            problems.warning(
                    at,
                    "the whole record may hold what is for registered clients only, and remarks that are for agents only;"
                            + " let nobody but the service role read the column");
        }
    }

    private void conditions(String at, Entity entity, List<Condition> conditions) {
        conditions.forEach(condition -> known(at + "." + condition.field(), entity, condition.field()));
    }

    private void known(String at, Entity entity, String field) {
        if (dictionary.covers(entity) && dictionary.type(entity, field).isEmpty()) {
            String meant = NearestName.of(field, dictionary.names(entity))
                    .filter(name -> near(field, name))
                    .map(name -> "; did you mean '" + name + "'?")
                    .orElse("; right if your MLS adds it");
            problems.warning(at, "'" + field + "' is not in the Data Dictionary 2.0" + meant);
        }
    }

    /** Names of real fields are alike (ListPrice, ListPriceLow), so only a slip of the pen counts. */
    private static boolean near(String found, String name) {
        return found.equalsIgnoreCase(name) || Math.abs(found.length() - name.length()) <= 2;
    }
}
