package com.listingsync.embedded.postgrest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What is known of an exposed schema until the next reload. Immutable.
 *
 * @param schema its name
 * @param tables tables and views by name
 * @param routines functions by name, overloads together
 * @param roleSettings the settings of each role that requests may run as, by role
 */
record SchemaCache(
        String schema,
        Map<String, Table> tables,
        Map<String, List<Routine>> routines,
        Map<String, Map<String, String>> roleSettings) {
    /** The one schema that is exposed by a hosted project that was not reconfigured. */
    static final String SCHEMA = "public";

    SchemaCache {
        tables = Map.copyOf(tables);
        routines = Map.copyOf(routines);
        roleSettings = Map.copyOf(roleSettings);
    }

    /** The table, or PGRST205 with the nearest name as a hint. */
    Table table(String name) {
        Table table = tables.get(name);
        if (table == null) {
            Optional<String> nearest = Similarity.nearest(name, tables.keySet());
            throw RestError.of(
                            404,
                            "PGRST205",
                            "Could not find the table '" + schema + "." + name + "' in the schema cache")
                    .withHint(nearest.map(n -> "Perhaps you meant the table '" + schema + "." + n + "'")
                            .orElse(null))
                    .toException();
        }
        return table;
    }

    /** The function that takes just these arguments, else one that takes the whole body, else PGRST202 with the nearest one as a hint. */
    Routine routine(String name, SortedSet<String> arguments) {
        List<Routine> overloads = routines.getOrDefault(name, List.of());
        return overloads.stream()
                .filter(r -> r.accepts(arguments))
                .findFirst()
                .or(() -> overloads.stream().filter(Routine::takesWholeBody).findFirst())
                .orElseThrow(() -> noRoutine(name, arguments, overloads));
    }

    private RestException noRoutine(String name, SortedSet<String> arguments, List<Routine> overloads) {
        String qualified = schema + "." + name;
        String list = String.join(", ", arguments);
        String searched = arguments.isEmpty()
                ? " without parameters"
                : (arguments.size() == 1 ? " with parameter " : " with parameters ") + list;
        String called = arguments.isEmpty() ? " without parameters" : "(" + list + ")";
        Optional<String> nearest = overloads.isEmpty()
                ? Similarity.nearest(name, routines.keySet())
                : Similarity.nearest(
                                "(" + list + ")",
                                overloads.stream().map(Routine::signature).toList())
                        .map(signature -> name + signature);
        return RestError.of(
                        404, "PGRST202", "Could not find the function " + qualified + called + " in the schema cache")
                .withDetails(
                        "Searched for the function " + qualified + searched
                                + " or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache.")
                .withHint(nearest.map(n -> "Perhaps you meant to call the function " + schema + "." + n)
                        .orElse(null))
                .toException();
    }
}
