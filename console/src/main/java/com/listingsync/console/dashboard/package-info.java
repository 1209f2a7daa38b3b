/**
 * The dashboard's files: {@link com.listingsync.console.dashboard.Assets} serves the page and what it loads from the class path,
 * so that it works without a network. What the page shows comes from {@code /api}. Immutable.
 */
@NullMarked
package com.listingsync.console.dashboard;

import org.jspecify.annotations.NullMarked;
