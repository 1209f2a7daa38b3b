/**
 * The sink service: rows from Kafka into Supabase. Entry types: {@link com.listingsync.sink.SinkApp} starts it,
 * {@link com.listingsync.sink.Migrations} are the tables it writes to.
 *
 * <pre>
 *   [rows] ─poll─> read ─> coalesce ─> stages of key-sorted batches ─HTTP─> Supabase
 *             │                                                      │
 *             └──────────── offsets, outcomes, dead letters <────────┘   one Kafka transaction
 * </pre>
 *
 * <p>{@code batch} holds the rules, {@code deliver} the HTTP side, {@code consume} the Kafka side, {@code ledger} the transactions.
 * Beside it, {@code follow} reads status changes and runs, for {@code post} (posts are taken down) and {@code notify} (owners are told),
 * each by way of {@code lane}s.
 */
@NullMarked
package com.listingsync.sink;

import org.jspecify.annotations.NullMarked;
