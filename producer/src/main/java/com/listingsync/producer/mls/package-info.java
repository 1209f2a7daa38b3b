/**
 * Reading an MLS over the RESO Web API (facts.md §1): {@link com.listingsync.producer.mls.MlsReader} reads the feeds of
 * one connection.
 *
 * <p>Per feed, a page is fetched and parsed as a stream by one thread ({@code PageFetcher}) and written by another
 * ({@code FeedWriter}), so that the next page is under way while the last one is being committed:
 *
 * <pre>
 *   Trail ─> FeedQuery ─> UpstreamHttp ─> PageParser ─> PageSieve ─> Handover ─> FeedWriter ─> FeedLog
 * </pre>
 *
 * {@code Trail} decides after each page what is asked for next. Cursor, query, parser and record rules are pure.
 */
@NullMarked
package com.listingsync.producer.mls;

import org.jspecify.annotations.NullMarked;
