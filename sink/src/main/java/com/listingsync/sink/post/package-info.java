/**
 * Taking posts down: {@link com.listingsync.sink.post.Unpublishing} follows {@code status-changes} and deletes the posts of
 * listings that left the market, each through its platform's API.
 *
 * <pre>
 *   [status-changes] ─> Unpublishing ─> Posts (listing_posts, over Supabase REST)
 *                            │
 *                            └─ per post ─> lane of its platform ─> PlatformClient ─> Facebook, Instagram, LinkedIn
 *                                                                        └─> GraphVerdicts, LinkedInVerdicts
 * </pre>
 *
 * <p>The verdict tables are pure; everything else is thread-safe. Kafka belongs to {@code follow}, waiting and repeating to
 * {@code lane}.
 */
@NullMarked
package com.listingsync.sink.post;

import org.jspecify.annotations.NullMarked;
