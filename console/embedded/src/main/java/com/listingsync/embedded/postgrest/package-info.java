/**
 * A stand-in for PostgREST 13 that answers the part of its protocol that Listing Sync uses, over a real PostgreSQL.
 *
 * <p>Entry type: {@link com.listingsync.embedded.postgrest.PostgrestServer}. A request goes {@code HttpFront} (bytes to {@code
 * RestRequest}) → {@code Tokens} (who asks) → {@code RestService} (which action) → {@code Payload}, {@code Filter}, {@code Preferences}
 * (what is asked; pure) → {@code WriteSql}, {@code ReadSql}, {@code CallSql} (pure) → {@code Database} (one transaction) → {@code Answer}.
 * PostgreSQL itself checks values, keys and rights; {@code SqlStates} turns its refusals into statuses. {@code SchemaWatch} keeps what
 * is known of the tables.
 *
 * <p>Threads: one per request in flight, one that listens for schema changes. What belongs elsewhere: starting PostgreSQL, tables,
 * anything of listings.
 */
@NullMarked
package com.listingsync.embedded.postgrest;

import org.jspecify.annotations.NullMarked;
