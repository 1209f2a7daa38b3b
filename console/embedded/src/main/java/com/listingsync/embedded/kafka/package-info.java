/**
 * A real Kafka broker in this process. Entry types: {@link com.listingsync.embedded.kafka.EmbeddedKafka}, and
 * {@link com.listingsync.embedded.kafka.SecuredKafka} for tests of what a broker demands in production; {@link
 * com.listingsync.embedded.kafka.TopicReader} reads what is committed to its topics.
 *
 * <p>Only this package touches the broker's own classes, which are not an interface that Kafka keeps stable.
 */
@NullMarked
package com.listingsync.embedded.kafka;

import org.jspecify.annotations.NullMarked;
