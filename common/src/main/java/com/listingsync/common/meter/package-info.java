/**
 * What is measured: {@link com.listingsync.common.meter.Meter} declares every meter once;
 * {@link com.listingsync.common.meter.Meters} is the registry of one service.
 */
@NullMarked
package com.listingsync.common.meter;

import org.jspecify.annotations.NullMarked;
