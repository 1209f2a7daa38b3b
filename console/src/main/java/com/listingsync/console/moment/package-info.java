/** Points in time as people type them, in options and in queries of the API. */
@NullMarked
package com.listingsync.console.moment;

import org.jspecify.annotations.NullMarked;
