/**
 * Secrets that may stand in the connections file because they are sealed: encrypted under a master key that is not in the
 * file, and bound to their place in it. {@link com.listingsync.common.secret.MasterKey} seals and opens, {@link
 * com.listingsync.common.secret.SecretsFile} does so to a whole file, in place.
 *
 * <p>The cipher is AES-256-GCM by Google Tink, which picks nonces and checks tags; nothing here implements cryptography. What
 * is opened lives in memory only. Everything here is immutable; no message of it holds a secret.
 */
@NullMarked
package com.listingsync.common.secret;

import org.jspecify.annotations.NullMarked;
