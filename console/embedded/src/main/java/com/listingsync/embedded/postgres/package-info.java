/**
 * A real PostgreSQL 18 on a folder that survives restarts, with the roles that a hosted Supabase project has.
 *
 * <p>Entry type: {@link com.listingsync.embedded.postgres.EmbeddedPostgresServer}. It may be used from any thread; starting and closing
 * are for one owner. Nothing here knows of HTTP.
 */
@NullMarked
package com.listingsync.embedded.postgres;

import org.jspecify.annotations.NullMarked;
