package com.listingsync.embedded.postgrest;

import java.util.Objects;

/**
 * Who asks, once the token was checked. Immutable.
 *
 * @param role the PostgreSQL role the request runs as
 * @param claimsJson the token's claims as a JSON object, the role among them
 */
record Caller(String role, String claimsJson) {
    /** The role of a request without a token. */
    static final String ANONYMOUS_ROLE = "anon";

    static final Caller ANONYMOUS = new Caller(ANONYMOUS_ROLE, "{\"role\":\"" + ANONYMOUS_ROLE + "\"}");

    Caller {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(claimsJson, "claimsJson");
    }

    /** A lacking right of the anonymous role is 401, of any other 403 (postgrest-wire.md case 66). */
    boolean anonymous() {
        return role.equals(ANONYMOUS_ROLE);
    }
}
