package com.listingsync.console.shell;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.Map;

/**
 * What a command knows of the process it runs in. Immutable; the writers are thread-safe.
 *
 * @param environment the environment variables
 * @param out for results
 * @param err for what went wrong; what is only said beside the result goes to {@code remarks}
 * @param terminal what the streams can show
 * @param clock what time it is
 * @param stop the wish that the process ends
 * @param keyboard where a command gets a secret that must not stand among its arguments, and asks before it destroys something
 * @param remarks for progress and hints, on the error stream
 */
public record Shell(
        Map<String, String> environment,
        PrintWriter out,
        PrintWriter err,
        Terminal terminal,
        Clock clock,
        StopSignal stop,
        Keyboard keyboard,
        Remarks remarks) {

    public Shell {
        environment = Map.copyOf(environment);
    }

    public Shell(
            Map<String, String> environment,
            PrintWriter out,
            PrintWriter err,
            Terminal terminal,
            Clock clock,
            StopSignal stop,
            Keyboard keyboard) {
        this(environment, out, err, terminal, clock, stop, keyboard, new Remarks(err, terminal));
    }

    /** A shell at which nobody sits. */
    public Shell(
            Map<String, String> environment,
            PrintWriter out,
            PrintWriter err,
            Terminal terminal,
            Clock clock,
            StopSignal stop) {
        this(environment, out, err, terminal, clock, stop, prompt -> "");
    }

    /** Prints a line of the result. */
    public void print(String line) {
        out.println(line);
    }

    /** Prints lines of the result. */
    public void print(Iterable<String> lines) {
        lines.forEach(out::println);
    }

    /** Colours for results: on a terminal that has them. */
    public Paint paint() {
        return new Paint(terminal.colour());
    }
}
