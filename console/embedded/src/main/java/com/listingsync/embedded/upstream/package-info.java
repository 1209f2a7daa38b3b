/**
 * What both sample upstreams are built on: an HTTP server on loopback, bearer tokens that expire, request quotas, and
 * faults that a test can order.
 *
 * <p>Start at {@link com.listingsync.embedded.upstream.LoopbackServer}. Requests are answered on a pool of its threads, so
 * everything here is thread-safe or immutable. What is answered belongs to the packages {@code mls} and {@code sheets}.
 */
@NullMarked
package com.listingsync.embedded.upstream;

import org.jspecify.annotations.NullMarked;
