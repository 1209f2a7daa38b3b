package com.listingsync.embedded.postgrest;

import com.listingsync.embedded.postgrest.Preferences.Name;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** GET and HEAD of a table. Thread-safe. */
final class Reads {
    private static final Set<Name> MEANINGFUL = Set.of(Name.COUNT, Name.HANDLING);

    private final Database database;
    private final OptionalLong maxRows;

    Reads(Database database, OptionalLong maxRows) {
        this.database = database;
        this.maxRows = maxRows;
    }

    Answer answer(Question question) {
        RestRequest request = question.request();
        Preferences preferences = request.preferences();
        boolean singular = request.wantsObject();
        Selection selection = Selection.parse(request.query());
        List<Filter> filters = request.filters();
        ReadSql.Total total = preferences.counts() ? ReadSql.Total.EXACT : ReadSql.Total.NOT_ASKED;
        SqlText sql = ReadSql.select(question.table(), selection, filters, limit(selection), total);
        Rows rows = question.run(database, Database.Access.READ, sql, singular ? Singular::check : any -> {});
        return answer(question, preferences, selection.offset(), rows, singular);
    }

    private static Answer answer(Question question, Preferences preferences, long first, Rows rows, boolean singular) {
        long last = first + rows.page() - 1;
        int status = ContentRange.status(first, last, rows.total());
        String canonical = question.request().query().canonical();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(
                "Content-Range",
                status == 416 ? "*/" + rows.total().orElse(0L) : ContentRange.of(first, last, rows.total()));
        headers.put("Content-Location", "/" + question.target() + (canonical.isEmpty() ? "" : "?" + canonical));
        headers.put("Content-Type", singular ? Singular.CONTENT_TYPE : Answer.JSON);
        preferences.applied(MEANINGFUL).ifPresent(applied -> headers.put("Preference-Applied", applied));
        if (status == 416) {
            byte[] body = Refusals.offsetPastTheEnd(first, rows.total().orElse(0L))
                    .error()
                    .body();
            return new Answer(status, headers, body);
        }
        return new Answer(status, headers, singular ? Singular.body(rows) : rows.body());
    }

    private long limit(Selection selection) {
        long most = maxRows.orElse(Long.MAX_VALUE);
        return selection.limit().map(asked -> Math.min(asked, most)).orElse(maxRows.orElse(-1));
    }
}
