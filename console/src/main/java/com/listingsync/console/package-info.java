/**
 * The operator's side. {@link com.listingsync.console.Main} is the one process entry of the whole system: it picks a command
 * from {@code console.command}. {@link com.listingsync.console.ConsoleApp} is the console service.
 *
 * <p>Only {@code Main} reads the environment, writes to the process's streams and ends the process.
 */
@NullMarked
package com.listingsync.console;

import org.jspecify.annotations.NullMarked;
