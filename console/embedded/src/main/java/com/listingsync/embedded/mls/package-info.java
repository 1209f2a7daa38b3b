/**
 * The sample MLS: RESO Web API (OData v4) over the sample world, as strict as real ones are.
 *
 * <p>Start at {@link com.listingsync.embedded.mls.SampleMls}. Apache Olingo parses addresses and filters against the model of
 * the feed that the token opens, and so refuses quoted timestamps, missing zones and unknown fields by itself; the rows
 * are selected by index and written by us, for speed. Requests are answered on several threads; everything here is
 * immutable or thread-safe.
 */
@NullMarked
package com.listingsync.embedded.mls;

import org.jspecify.annotations.NullMarked;
