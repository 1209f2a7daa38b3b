package com.listingsync.console.command;

import com.listingsync.console.shell.Shell;
import com.listingsync.console.shell.StopSignal;
import com.listingsync.console.shell.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.util.Map;

/**
 * One call of the command line, as a shell makes it.
 *
 * @param exitCode what the process would end with
 * @param out what went to the output stream
 * @param err what went to the error stream
 */
public record CommandLineRun(int exitCode, String out, String err) {

    public static CommandLineRun of(Map<String, String> environment, String... arguments) {
        return of(environment, new StopSignal(), arguments);
    }

    /** As a shell makes it where {@code stop} is the Ctrl-C. */
    public static CommandLineRun of(Map<String, String> environment, StopSignal stop, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Shell shell = new Shell(
                environment,
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                Terminal.PLAIN,
                Clock.systemUTC(),
                stop);
        int exitCode = CommandTree.of(shell, arguments).execute(arguments);
        return new CommandLineRun(exitCode, out.toString(), err.toString());
    }
}
