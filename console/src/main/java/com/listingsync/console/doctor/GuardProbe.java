package com.listingsync.console.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.mapping.TableLayout;
import com.listingsync.common.wire.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a table refuses a row that is not newer. An API key can't see triggers, so one row is sent again with the version that it
 * has: a guarded table writes nothing and says so; one without a guard writes the same version over itself.
 *
 * @param rest the project
 * @param layout the table
 */
record GuardProbe(RestLook rest, TableLayout layout) {

    private static final String AREA = "supabase";

    /** Adds what it found. */
    void look(List<Finding> findings) throws IOException, InterruptedException {
        String name = "guard of " + layout.name();
        if (layout.guard().isEmpty()) {
            findings.add(Finding.warning(
                    AREA, name, "the mapping declares none", "an older row that comes late replaces a newer one"));
            return;
        }
        List<String> columns = new ArrayList<>(layout.keyColumns());
        columns.add(layout.guard().get());
        HttpResponse<String> first = rest.get(layout.name() + "?limit=1&select=" + String.join(",", columns));
        if (first.statusCode() != 200) {
            findings.add(Finding.bad(
                    AREA,
                    "table " + layout.name(),
                    "can't be read (HTTP " + first.statusCode() + code(first.body()) + ")",
                    first.statusCode() == 404
                            ? "if it exists, the schema cache is old: notify pgrst, 'reload schema'"
                            : "grant select, insert, update on it to service_role"));
            return;
        }
        JsonNode rows = Json.MAPPER.readTree(first.body());
        if (rows.isEmpty()) {
            findings.add(unseen(name, "can't be tried: the table is empty"));
            return;
        }
        HttpResponse<String> again = rest.upsert(
                layout.name() + "?on_conflict=" + String.join(",", layout.keyColumns()) + "&columns="
                        + String.join(",", columns),
                rows.toString());
        Optional<String> range = again.headers().firstValue("Content-Range");
        if (again.statusCode() >= 300 || range.isEmpty()) {
            findings.add(unseen(name, "could not be tried (HTTP " + again.statusCode() + code(again.body()) + ")"));
        } else if (range.get().endsWith("/0")) {
            findings.add(Finding.good(AREA, name, "refuses rows that are not newer"));
        } else {
            findings.add(Finding.bad(
                    AREA,
                    name,
                    "there is none: a row that is not newer was written",
                    "apply the trigger a_refuse_older of the migration ('./listing-sync doctor --fix' prints it)"));
        }
    }

    private Finding unseen(String name, String words) {
        return Finding.unseen(
                AREA,
                name,
                words,
                "select tgname from pg_trigger where tgrelid = 'public." + layout.name()
                        + "'::regclass and not tgisinternal");
    }

    private static String code(String body) {
        try {
            String code = Json.MAPPER.readTree(body).path("code").asText("");
            return code.isEmpty() ? "" : ", " + code;
        } catch (JsonProcessingException e) {
            // A gateway's page: its text helps nobody.
            return "";
        }
    }
}
