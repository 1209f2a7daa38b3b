/**
 * HTTP as the console speaks it, on Jetty: {@link com.listingsync.console.http.WebServer} reads a request whole into a
 * {@link com.listingsync.console.http.Call} and writes the {@link com.listingsync.console.http.Reply} it is given. What a path
 * means is not decided here. The server is thread-safe, the values are immutable.
 */
@NullMarked
package com.listingsync.console.http;

import org.jspecify.annotations.NullMarked;
