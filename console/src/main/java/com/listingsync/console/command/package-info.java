/**
 * The command line, one subcommand a file: options and text, no logic. {@link com.listingsync.console.command.CommandTree}
 * is the whole of it; {@link com.listingsync.console.command.Failures} turns trouble into sentences and exit codes.
 *
 * <p>Commands run on the main thread. Exit codes: 0 done, 1 failed, 2 wrong usage or settings.
 */
@NullMarked
package com.listingsync.console.command;

import org.jspecify.annotations.NullMarked;
