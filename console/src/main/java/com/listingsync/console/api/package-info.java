/**
 * The console's HTTP API: {@link com.listingsync.console.api.Api} puts together what answers below {@code /api}. The OpenAPI
 * document ({@code console.openapi}) says what there is; every operation of it has one {@code Endpoint} here. The sums of runs
 * are kept up to date by {@link com.listingsync.console.api.RunsBook}. Everything is thread-safe.
 */
@NullMarked
package com.listingsync.console.api;

import org.jspecify.annotations.NullMarked;
