/**
 * What is gone from a feed, and when that is believed. A sweep reads the keys that the server has; {@link
 * com.listingsync.producer.presence.SweepCase} compares them with what the log holds, pure and one {@link
 * com.listingsync.producer.presence.KeyBuckets bucket} at a time; {@link com.listingsync.producer.presence.SweepRule} says what
 * is deleted: nothing that was not missing long enough, and nothing at all when too much is missing at once.
 *
 * <pre>
 *   keys at the server ─> KeyBuckets ─┐
 *   keys in the log    ─> KeyBuckets ─┼─ bucket by bucket ─> SweepCase ─> deletes, absences, keys to fetch
 *   absences so far    ─> KeyBuckets ─┘
 * </pre>
 *
 * Reading keys belongs to {@code producer.mls}.
 */
@NullMarked
package com.listingsync.producer.presence;

import org.jspecify.annotations.NullMarked;
