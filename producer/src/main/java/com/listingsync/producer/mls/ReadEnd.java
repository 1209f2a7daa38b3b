package com.listingsync.producer.mls;

import org.jspecify.annotations.Nullable;

/**
 * How the reading of a feed ended.
 *
 * @param problem what was wrong at the source, in words; null when it was read to its end
 * @param bug our own mistake, or trouble with Kafka, to be thrown on; null when there was none
 */
record ReadEnd(@Nullable String problem, @Nullable Throwable bug) {

    static final ReadEnd WELL = new ReadEnd(null, null);
}
