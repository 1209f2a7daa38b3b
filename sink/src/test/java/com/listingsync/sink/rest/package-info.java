/**
 * A REST server in memory for tests that need thousands of tables. Entry type: {@link com.listingsync.sink.rest.TableServer}. What
 * PostgREST really answers is the stand-in's to know.
 */
@NullMarked
package com.listingsync.sink.rest;

import org.jspecify.annotations.NullMarked;
