/** What the stand-in for PostgREST promises: every recorded case, recovery, and speed. */
@NullMarked
package com.listingsync.embedded.postgrest;

import org.jspecify.annotations.NullMarked;
