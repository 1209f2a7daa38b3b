/**
 * The processor: drops what is not new, joins children to known listings, decides statuses, makes rows. Entry type:
 * {@link com.listingsync.processor.ProcessorApp}.
 *
 * <p>Here are only settings and the running service; decisions are in {@code rule}, rows in {@code map}, state and wiring in
 * {@code topology}.
 */
@NullMarked
package com.listingsync.processor;

import org.jspecify.annotations.NullMarked;
