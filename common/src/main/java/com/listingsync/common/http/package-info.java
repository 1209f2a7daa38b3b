/**
 * What all our HTTP clients read alike: {@link com.listingsync.common.http.RetryAfter}. Pure; requests and retries belong to the modules
 * that make them.
 */
@NullMarked
package com.listingsync.common.http;

import org.jspecify.annotations.NullMarked;
