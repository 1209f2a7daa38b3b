/**
 * What each service may do on Kafka, and nothing beyond: {@link com.listingsync.console.acl.AccessRules} derives it from the topic
 * catalogue, {@link com.listingsync.console.acl.AclCommands} writes it for Kafka's own tool, and
 * {@link com.listingsync.console.acl.AclChange} gives it to a broker. Everything here is immutable.
 */
@NullMarked
package com.listingsync.console.acl;

import org.jspecify.annotations.NullMarked;
