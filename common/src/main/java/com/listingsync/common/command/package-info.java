/**
 * What can be asked of the producers and how: {@link com.listingsync.common.command.SyncCommand} is a request on {@code
 * sync.commands}, {@link com.listingsync.common.command.ConnectionCard} says on {@code sync.connections} what there is to
 * ask for. Immutable values.
 */
@NullMarked
package com.listingsync.common.command;

import org.jspecify.annotations.NullMarked;
