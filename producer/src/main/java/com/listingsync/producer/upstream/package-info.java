/**
 * Requests to an upstream, MLS or Google, and everything that guards them: {@link
 * com.listingsync.producer.upstream.Guard} is the one layer that retries, limits and breaks the circuit; {@link
 * com.listingsync.producer.upstream.UpstreamHttp} sends authorised GETs under it.
 *
 * <p>What can go wrong out there is one typed exception, {@link com.listingsync.producer.upstream.UpstreamException}.
 * Everything public here is thread-safe.
 */
@NullMarked
package com.listingsync.producer.upstream;

import org.jspecify.annotations.NullMarked;
