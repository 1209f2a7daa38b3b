/**
 * What is measured: {@link com.listingsync.common.meter.Meter} declares every meter once;
 * {@link com.listingsync.common.meter.Meters} is the registry of one service, and
 * {@link com.listingsync.common.meter.Commits} measures what producer and sink share.
 */
@NullMarked
package com.listingsync.common.meter;

import org.jspecify.annotations.NullMarked;
