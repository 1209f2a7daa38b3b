/**
 * The OpenAPI document as the law of the HTTP side: {@link com.listingsync.console.openapi.ApiDocument} says which operations
 * there are, who may call them, and what their requests look like; what does not fit is refused before any code of ours sees
 * it. Immutable values.
 */
@NullMarked
package com.listingsync.console.openapi;

import org.jspecify.annotations.NullMarked;
