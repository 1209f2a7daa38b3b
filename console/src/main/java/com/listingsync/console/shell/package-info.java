/**
 * What a command knows of the process it runs in: {@link com.listingsync.console.shell.Shell} with its environment, streams
 * and stop signal. Handed in by {@code Main}, so that tests run commands as the shell does.
 */
@NullMarked
package com.listingsync.console.shell;

import org.jspecify.annotations.NullMarked;
