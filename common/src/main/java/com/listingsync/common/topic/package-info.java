/**
 * The topic catalogue: {@link com.listingsync.common.topic.Topics} names every topic with its key, value, partitions and
 * policy; {@link com.listingsync.common.topic.TopicAdmin} creates and checks them on a broker, and
 * {@link com.listingsync.common.topic.KafkaWatch} tells a service whether it can work there.
 * {@link com.listingsync.common.topic.LogEnd} reads a topic to where it ends, and
 * {@link com.listingsync.common.topic.LoneConsumer} reads one for whoever is in no group.
 */
@NullMarked
package com.listingsync.common.topic;

import org.jspecify.annotations.NullMarked;
