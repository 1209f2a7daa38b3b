package com.listingsync.embedded.postgrest;

import java.util.Map;
import java.util.function.Consumer;

/**
 * A request together with who asks and what is known of the schema. Immutable.
 *
 * @param target the table or function that is asked for
 */
record Question(Caller caller, SchemaCache cache, RestRequest request, String target) {
    Rows run(Database database, Database.Access access, SqlText sql, Consumer<Rows> check) {
        Map<String, String> settings = cache.roleSettings().getOrDefault(caller.role(), Map.of());
        return database.run(caller, cache.schema(), settings, request, access, sql, check);
    }

    Table table() {
        return cache.table(target);
    }
}
