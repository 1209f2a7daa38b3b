/** Requests to the producers on {@code sync.commands}. Entry type: {@link com.listingsync.common.command.SyncCommand}. */
@NullMarked
package com.listingsync.common.command;

import org.jspecify.annotations.NullMarked;
