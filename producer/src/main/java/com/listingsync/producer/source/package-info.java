/**
 * What every kind of source has in common: a {@link com.listingsync.producer.source.Pass} that is asked for, a {@link
 * com.listingsync.producer.source.ConnectionReader} that makes it, and the {@link
 * com.listingsync.producer.source.FeedBooks} it is reported in.
 */
@NullMarked
package com.listingsync.producer.source;

import org.jspecify.annotations.NullMarked;
