package com.listingsync.console.shell;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.Map;

/**
 * What a command knows of the process it runs in. Immutable; the writers are thread-safe.
 *
 * @param environment the environment variables
 * @param out for results
 * @param err for everything else: progress, warnings, problems
 * @param terminal what the streams can show
 * @param clock what time it is
 * @param stop the wish that the process ends
 * @param secrets where a command gets a secret that must not stand among its arguments
 */
public record Shell(
        Map<String, String> environment,
        PrintWriter out,
        PrintWriter err,
        Terminal terminal,
        Clock clock,
        StopSignal stop,
        SecretInput secrets) {

    public Shell {
        environment = Map.copyOf(environment);
    }

    /** A shell that has no secrets to give. */
    public Shell(
            Map<String, String> environment,
            PrintWriter out,
            PrintWriter err,
            Terminal terminal,
            Clock clock,
            StopSignal stop) {
        this(environment, out, err, terminal, clock, stop, prompt -> "");
    }
}
