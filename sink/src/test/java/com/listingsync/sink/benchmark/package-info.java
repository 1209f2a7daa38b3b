/**
 * How fast the sink is, beside a bare poster. Run by hand; {@link com.listingsync.sink.benchmark.SinkBenchmark} says how.
 */
@NullMarked
package com.listingsync.sink.benchmark;

import org.jspecify.annotations.NullMarked;
