/**
 * The operator's way to Kafka: {@link com.listingsync.console.kafka.KafkaAccess} makes the clients of every tool from one
 * environment.
 */
@NullMarked
package com.listingsync.console.kafka;

import org.jspecify.annotations.NullMarked;
