/**
 * Telling people: {@link com.listingsync.sink.notify.Notifying} follows {@code status-changes} and {@code sync.runs} and tells
 * whoever subscribed, by signed webhook or e-mail, that a listing is sold or a run failed.
 *
 * <pre>
 *   [status-changes] ─> StatusNotices ─┐
 *                                      ├─> Notifying ─> lane of each webhook ─> WebhookClient
 *   [sync.runs] ──────> RunNotices ────┘          └──> lane of the mail server ─> MailClient
 * </pre>
 *
 * <p>What a record is news to whom is decided by pure functions; everything else is thread-safe. Nothing here ever holds up rows
 * or posts: it reads its topics in groups of its own.
 */
@NullMarked
package com.listingsync.sink.notify;

import org.jspecify.annotations.NullMarked;
