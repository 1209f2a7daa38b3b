/**
 * The audit trail: who changed what, when, why, on which selection, and how many it was. {@link
 * com.listingsync.console.audit.AuditTrail} writes and reads it on {@code sync.audit}; whoever acts on behalf of a person says so
 * there, before the action begins and again when it has ended.
 *
 * <p>Two entries of one id make one action: an action that was killed half-way has its beginning and no end, which is what an
 * auditor wants to see. Entries hold selections and counts, never payloads and never secrets. Records are immutable, the
 * trail is thread-safe.
 */
@NullMarked
package com.listingsync.console.audit;

import org.jspecify.annotations.NullMarked;
