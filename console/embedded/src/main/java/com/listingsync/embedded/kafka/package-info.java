/**
 * A real Kafka broker in this process. Entry type: {@link com.listingsync.embedded.kafka.EmbeddedKafka}.
 *
 * <p>Only this package touches the broker's own classes, which are not an interface that Kafka keeps stable.
 */
@NullMarked
package com.listingsync.embedded.kafka;

import org.jspecify.annotations.NullMarked;
