/**
 * Who may do what on the HTTP side: {@link com.listingsync.console.access.KeyRing} knows a bearer key's holder from a
 * {@link com.listingsync.console.access.KeysFile}, which holds no key but only their hashes. Thread-safe.
 */
@NullMarked
package com.listingsync.console.access;

import org.jspecify.annotations.NullMarked;
