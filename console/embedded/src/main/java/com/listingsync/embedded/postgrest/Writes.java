package com.listingsync.embedded.postgrest;

import com.listingsync.embedded.postgrest.Preferences.Name;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** POST, PATCH, PUT and DELETE of a table. Thread-safe. */
final class Writes {
    private static final Set<Name> OF_INSERT =
            Set.of(Name.RESOLUTION, Name.MISSING, Name.RETURN, Name.COUNT, Name.HANDLING);
    private static final Set<Name> OF_PLAIN_INSERT = Set.of(Name.MISSING, Name.RETURN, Name.COUNT, Name.HANDLING);
    private static final Set<Name> OF_CHANGE = Set.of(Name.RETURN, Name.COUNT, Name.HANDLING, Name.MAX_AFFECTED);
    private static final Set<Name> OF_PUT = Set.of(Name.RETURN, Name.COUNT, Name.HANDLING);

    private final Database database;

    Writes(Database database) {
        this.database = database;
    }

    Answer insert(Question question) {
        RestRequest request = question.request();
        Wish wish = Wish.of(request);
        QueryString query = request.query();
        Payload payload = Payload.ofRows(request.body(), request.contentType(), query.names("columns"));
        Table table = question.table();
        Optional<List<String>> onConflict = query.names("on_conflict");
        WriteSql.Insert insert = new WriteSql.Insert(
                table,
                payload,
                wish.preferences.defaultsMissing() ? JsonSource.Missing.COLUMN_DEFAULT : JsonSource.Missing.NULL,
                onDuplicate(wish.preferences),
                onConflict.orElse(table.primaryKey()),
                List.of());
        SqlText sql = WriteSql.insert(insert, wish.returning(), wish.selection);
        Rows rows = question.run(database, Database.Access.WRITE, sql, wish::check);

        Map<String, String> headers = new LinkedHashMap<>();
        if (!rows.location().isEmpty()) {
            headers.put("Location", "/" + table.name() + "?" + locationOf(rows));
        }
        headers.put("Content-Range", ContentRange.ofWrite(wish.counted(rows)));
        boolean resolvable = onConflict.isPresent() || !table.primaryKey().isEmpty();
        wish.addApplied(headers, resolvable ? OF_INSERT : OF_PLAIN_INSERT);
        boolean nothingNew = wish.preferences.mergesDuplicates()
                && rows.inserted().filter(n -> n > 0).isEmpty();
        return wish.answer(nothingNew ? 200 : 201, headers, rows);
    }

    Answer update(Question question) {
        RestRequest request = question.request();
        Wish wish = Wish.of(request);
        Payload payload = Payload.ofRows(
                request.body(), request.contentType(), request.query().names("columns"));
        SqlText sql = WriteSql.update(question.table(), payload, request.filters(), wish.returning(), wish.selection);
        Rows rows = question.run(database, Database.Access.WRITE, sql, wish::check);

        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Range", ContentRange.of(0, rows.page() - 1, wish.counted(rows)));
        wish.addApplied(headers, OF_CHANGE);
        return wish.answer(wish.preferences.returnsRepresentation() ? 200 : 204, headers, rows);
    }

    Answer put(Question question) {
        RestRequest request = question.request();
        Wish wish = Wish.of(request);
        if (request.query().first("limit").isPresent()
                || request.query().first("offset").isPresent()) {
            throw Refusals.putWithRange();
        }
        Payload payload = Payload.ofRows(request.body(), request.contentType(), Optional.empty());
        List<Filter> filters = request.filters();
        Table table = question.table();
        if (!WriteSql.filtersWholeKey(table, filters)) {
            throw Refusals.putNeedsKeyFilters();
        }
        WriteSql.Insert insert = new WriteSql.Insert(
                table, payload, JsonSource.Missing.NULL, WriteSql.OnDuplicate.MERGE, table.primaryKey(), filters);
        SqlText sql = WriteSql.insert(insert, wish.returning(), wish.selection);
        Rows rows = question.run(database, Database.Access.WRITE, sql, written -> {
            if (written.page() != 1) {
                throw Refusals.putKeyMismatch();
            }
        });

        Map<String, String> headers = new LinkedHashMap<>();
        wish.addApplied(headers, OF_PUT);
        int withBody = rows.inserted().filter(n -> n > 0).isPresent() ? 201 : 200;
        return wish.answer(wish.preferences.returnsRepresentation() ? withBody : 204, headers, rows);
    }

    Answer delete(Question question) {
        RestRequest request = question.request();
        Wish wish = Wish.of(request);
        SqlText sql = WriteSql.delete(question.table(), request.filters(), wish.returning(), wish.selection);
        Rows rows = question.run(database, Database.Access.WRITE, sql, wish::check);

        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Range", ContentRange.ofWrite(wish.counted(rows)));
        wish.addApplied(headers, OF_CHANGE);
        return wish.answer(wish.preferences.returnsRepresentation() ? 200 : 204, headers, rows);
    }

    private static WriteSql.OnDuplicate onDuplicate(Preferences preferences) {
        if (!preferences.resolvesDuplicates()) {
            return WriteSql.OnDuplicate.FAIL;
        }
        return preferences.mergesDuplicates() ? WriteSql.OnDuplicate.MERGE : WriteSql.OnDuplicate.IGNORE;
    }

    private static String locationOf(Rows rows) {
        return rows.location().stream()
                .map(pair -> pair.split("=", 2))
                .map(pair -> QueryString.encode(pair[0]) + "=" + QueryString.encode(pair[1]))
                .collect(Collectors.joining("&"));
    }

    /** What the client wants back from a write. Immutable. */
    private record Wish(Preferences preferences, Selection selection, boolean singular) {
        static Wish of(RestRequest request) {
            return new Wish(request.preferences(), Selection.parse(request.query()), request.wantsObject());
        }

        WriteSql.Returning returning() {
            if (preferences.returnsRepresentation()) {
                return WriteSql.Returning.ROWS;
            }
            return preferences.returnsHeadersOnly() ? WriteSql.Returning.LOCATION : WriteSql.Returning.NOTHING;
        }

        void check(Rows rows) {
            preferences.maxAffected().filter(most -> rows.page() > most).ifPresent(most -> {
                throw Refusals.tooManyAffected(rows.page());
            });
            if (singular && preferences.returnsRepresentation()) {
                Singular.check(rows);
            }
        }

        Optional<Long> counted(Rows rows) {
            return preferences.counts() ? Optional.of(rows.page()) : Optional.empty();
        }

        void addApplied(Map<String, String> headers, Set<Name> meaningful) {
            preferences.applied(meaningful).ifPresent(applied -> headers.put("Preference-Applied", applied));
        }

        Answer answer(int status, Map<String, String> headers, Rows rows) {
            if (!preferences.returnsRepresentation()) {
                return new Answer(status, headers, Answer.EMPTY);
            }
            headers.put("Content-Type", singular ? Singular.CONTENT_TYPE : Answer.JSON);
            return new Answer(status, headers, singular ? Singular.body(rows) : rows.body());
        }
    }
}
