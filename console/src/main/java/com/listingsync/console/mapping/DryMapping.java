package com.listingsync.console.mapping;

import com.listingsync.common.command.ReprocessRequest;
import com.listingsync.common.event.Entity;
import com.listingsync.common.mapping.Mapping;
import com.listingsync.common.mapping.TableMapping;
import com.listingsync.console.mapping.ListingSnapshot.Name;
import com.listingsync.console.mapping.ListingSnapshot.Said;
import com.listingsync.processor.map.MappedRow;
import com.listingsync.processor.map.TrialMapping;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Maps a listing's last records and compares the rows with those that are there. Confined to one thread. */
final class DryMapping {

    private final Mapping mapping;
    private final ReprocessRequest request;
    private final DryRunReport report;
    private final TrialMapping trial;
    private final Map<String, RowComparison> comparisons = new HashMap<>();

    DryMapping(Mapping mapping, ReprocessRequest request, DryRunReport report) {
        this.mapping = mapping;
        this.request = request;
        this.report = report;
        this.trial = new TrialMapping(mapping);
        for (TableMapping table : mapping.tables()) {
            comparisons.put(table.layout().name(), RowComparison.of(table));
        }
    }

    /** Notes what would become of the rows of one listing. */
    void compare(String listing, ListingSnapshot snapshot) {
        boolean[] listed = {false};
        snapshot.records().forEach((name, said) -> {
            Optional<Said> winner = ListingSnapshot.winner(said);
            if (winner.isEmpty()) {
                return;
            }
            boolean waits = name.entity().child() && !listed[0];
            TrialMapping.Result result = trial.map(
                    name.entity(),
                    winner.get().payload(),
                    ListingSnapshot.vow(said),
                    listing,
                    winner.get().event().origin().connection());
            if (name.entity() == Entity.PROPERTY) {
                // A record that is refused leaves its row, and so its children, as they are.
                listed[0] = result.fold(mapped -> true, leftOut -> false, refused -> hasRow(snapshot, Entity.PROPERTY));
            }
            if (wanted(listing, name)) {
                note(name, snapshot, result, waits);
            }
        });
    }

    private void note(Name name, ListingSnapshot snapshot, TrialMapping.Result result, boolean waits) {
        String record = name.child().isEmpty() ? name.entity().wireName() : name.child();
        result.fold(
                mapped -> {
                    rows(snapshot, waits ? List.of() : mapped.rows());
                    return true;
                },
                leftOut -> {
                    gone(name, snapshot);
                    return true;
                },
                refused -> {
                    report.refused(
                            table(name.entity()),
                            record,
                            refused.code() + (refused.column().isEmpty() ? "" : " of " + refused.column()));
                    return true;
                });
    }

    private void rows(ListingSnapshot snapshot, List<MappedRow> made) {
        for (MappedRow row : made) {
            String table = row.layout().name();
            byte[] old = snapshot.rows().get(table + "/" + row.id());
            RowComparison comparison = comparisons.get(table);
            if (old == null) {
                report.appearing(table, row.id());
            } else if (comparison != null) {
                report.row(table, row.id(), comparison.differences(old, row.json()));
            }
        }
    }

    /** The record's own row goes; a listing has one of its own in each table, a child is found by its key. */
    private void gone(Name name, ListingSnapshot snapshot) {
        for (TableMapping table : mapping.of(name.entity())) {
            String start = table.layout().name() + "/";
            snapshot.rows().keySet().stream()
                    .filter(row -> row.startsWith(start))
                    .filter(row -> name.child().isEmpty() || row.equals(start + name.child()))
                    .forEach(row -> report.going(table.layout().name(), row.substring(start.length())));
        }
    }

    private boolean hasRow(ListingSnapshot snapshot, Entity entity) {
        return snapshot.rows().keySet().stream().anyMatch(row -> row.startsWith(table(entity) + "/"));
    }

    private boolean wanted(String listing, Name name) {
        return request.wants(name.entity())
                && (request.keys().isEmpty()
                        || request.keys().contains(listing)
                        || request.keys().contains(name.child()));
    }

    private String table(Entity entity) {
        return mapping.of(entity).stream()
                .findFirst()
                .map(table -> table.layout().name())
                .orElse(entity.wireName());
    }
}
