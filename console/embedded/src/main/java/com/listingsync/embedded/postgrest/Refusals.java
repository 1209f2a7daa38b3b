package com.listingsync.embedded.postgrest;

import java.util.List;

/** PostgREST's own refusals (PGRST codes), each with the status and words of PostgREST 13. Stateless. */
final class Refusals {
    private Refusals() {}

    static RestException invalidBody(String why) {
        return RestError.of(400, "PGRST102", why).toException();
    }

    static RestException offsetPastTheEnd(long offset, long total) {
        return RestError.of(416, "PGRST103", "Requested range not satisfiable")
                .withDetails("An offset of " + offset + " was requested, but there are only " + total + " rows.")
                .toException();
    }

    static RestException unparsable(String what, String input, int column, String details) {
        return RestError.of(
                        400,
                        "PGRST100",
                        "\"failed to parse " + what + " (" + input + ")\" (line 1, column " + column + ")")
                .withDetails(details)
                .toException();
    }

    static RestException methodOnFunction(String method) {
        return RestError.of(405, "PGRST101", "Cannot use the " + method + " method on RPC")
                .toException();
    }

    static RestException putNeedsKeyFilters() {
        return RestError.of(
                        405, "PGRST105", "Filters must include all and only primary key columns with 'eq' operators")
                .toException();
    }

    static RestException unknownSchema(String schema, List<String> exposed) {
        return RestError.of(406, "PGRST106", "Invalid schema: " + schema)
                .withHint("Only the following schemas are exposed: " + String.join(", ", exposed))
                .toException();
    }

    static RestException mediaType(String accept) {
        return RestError.of(406, "PGRST107", "None of these media types are available: " + accept)
                .toException();
    }

    static RestException putWithRange() {
        return RestError.of(400, "PGRST114", "limit/offset querystring parameters are not allowed for PUT")
                .toException();
    }

    static RestException putKeyMismatch() {
        return RestError.of(400, "PGRST115", "Payload values do not match URL in primary key column(s)")
                .toException();
    }

    static RestException notSingular(long rows) {
        return RestError.of(406, "PGRST116", "Cannot coerce the result to a single JSON object")
                .withDetails("The result contains " + rows + " rows")
                .toException();
    }

    static RestException method(String method) {
        return RestError.of(405, "PGRST117", "Unsupported HTTP method: " + method)
                .toException();
    }

    static RestException invalidPreferences(List<String> invalid) {
        return RestError.of(400, "PGRST122", "Invalid preferences given with handling=strict")
                .withDetails("Invalid preferences: " + String.join(", ", invalid))
                .toException();
    }

    static RestException tooManyAffected(long rows) {
        return RestError.of(400, "PGRST124", "Query result exceeds max-affected preference constraint")
                .withDetails("The query affects " + rows + " rows")
                .toException();
    }

    static RestException path() {
        return RestError.of(404, "PGRST125", "Invalid path specified in request URL")
                .toException();
    }

    static RestException unknownColumn(String column, String table) {
        return RestError.of(
                        400,
                        "PGRST204",
                        "Could not find the '" + column + "' column of '" + table + "' in the schema cache")
                .toException();
    }

    static RestException databaseGone() {
        return RestError.of(503, "PGRST001", "Database client error. Retrying the connection.")
                .withDetails("no connection to the server\n")
                .toException();
    }

    static RestException noSchemaCache() {
        return RestError.of(503, "PGRST002", "Could not query the database for the schema cache. Retrying.")
                .toException();
    }

    static RestException poolTimeout() {
        return RestError.of(504, "PGRST003", "Timed out acquiring connection from connection pool.")
                .toException();
    }

    /** A token that cannot be read or was not signed by us. */
    static RestError badToken(String message) {
        return token("PGRST301", message);
    }

    /** A token of ours whose claims do not hold now. */
    static RestError badClaims(String message) {
        return token("PGRST303", message);
    }

    private static RestError token(String code, String message) {
        return RestError.of(401, code, message)
                .withChallenge("Bearer error=\"invalid_token\", error_description=\"" + message + "\"");
    }
}
