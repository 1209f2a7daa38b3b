/**
 * The reference pages that are generated from declarations: {@link com.listingsync.console.reference.SettingsPage} from
 * {@code @Env}, {@link com.listingsync.console.reference.MetersPage} from {@code Meter}. The committed pages under
 * {@code docs/} are held equal to them by a test. Everything here is stateless.
 */
@NullMarked
package com.listingsync.console.reference;

import org.jspecify.annotations.NullMarked;
