/**
 * Where log lines go: {@link com.listingsync.console.log.LogOutput}. Everything else only knows SLF4J.
 */
@NullMarked
package com.listingsync.console.log;

import org.jspecify.annotations.NullMarked;
