package com.listingsync.console.trace;

import java.util.Optional;

/**
 * What Supabase says about one row.
 *
 * @param table the table
 * @param id the row
 * @param version the row version it holds; empty when there is no such row
 * @param updatedAt when it was last written, as Supabase says it; empty when it does not say
 * @param deleted whether it is marked as deleted
 */
public record Held(String table, String id, Optional<Long> version, Optional<String> updatedAt, boolean deleted) {}
