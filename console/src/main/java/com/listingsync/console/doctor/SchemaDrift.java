package com.listingsync.console.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.mapping.TableLayout;
import com.listingsync.common.wire.Json;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How the tables that PostgREST's OpenAPI root describes have drifted from those of the mapping.
 *
 * @param layouts the tables of the mapping
 */
record SchemaDrift(List<TableLayout> layouts) {

    private static final String AREA = "supabase";

    /** Adds a finding for everything that differs, or one for all being there. */
    void look(String openApi, List<Finding> findings) {
        JsonNode definitions;
        try {
            definitions = Json.MAPPER.readTree(openApi).path("definitions");
        } catch (JsonProcessingException e) {
            // A gateway's page, perhaps: said, and the rest is looked at all the same.
            findings.add(unseen("the root of the REST interface is no OpenAPI document"));
            return;
        }
        if (definitions.isMissingNode() || definitions.isEmpty()) {
            findings.add(unseen("the REST interface describes no tables"));
            return;
        }
        int before = findings.size();
        for (TableLayout layout : layouts) {
            JsonNode table = definitions.path(layout.name());
            if (table.isMissingNode()) {
                findings.add(Finding.bad(
                        AREA,
                        "table " + layout.name(),
                        "is not there, or not exposed",
                        "apply the migration ('./listing-sync doctor --fix' prints it); then: notify pgrst,"
                                + " 'reload schema'"));
                continue;
            }
            Set<String> missing = new TreeSet<>(layout.columns());
            table.path("properties").fieldNames().forEachRemaining(missing::remove);
            if (!missing.isEmpty()) {
                findings.add(Finding.bad(
                        AREA,
                        "table " + layout.name(),
                        "has no column " + String.join(", ", missing),
                        "add the column, or take it out of the mapping; then: notify pgrst, 'reload schema'"));
            }
        }
        if (findings.size() == before) {
            findings.add(Finding.good(AREA, "tables", layouts.size() + " tables with every column of the mapping"));
        }
    }

    private static Finding unseen(String words) {
        return Finding.unseen(
                AREA,
                "tables",
                words,
                "select table_name, column_name from information_schema.columns where table_schema = 'public'");
    }
}
