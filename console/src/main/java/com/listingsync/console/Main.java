package com.listingsync.console;

import com.listingsync.console.command.CommandTree;
import com.listingsync.console.shell.Keyboard;
import com.listingsync.console.shell.Printable;
import com.listingsync.console.shell.Shell;
import com.listingsync.console.shell.StopSignal;
import com.listingsync.console.shell.Terminal;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** The process entry: gives the command line what it needs of the process, and the process its exit code. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        StopSignal stop = StopSignal.ofThisProcess();
        Shell shell = new Shell(
                System.getenv(),
                writer(System.out),
                writer(System.err),
                Terminal.of(System.getenv(), System.getProperties()),
                Clock.systemUTC(),
                stop,
                Keyboard.ofThisProcess(System.getProperties()));
        int exitCode = CommandTree.of(shell, arguments).execute(arguments);
        shell.out().flush();
        shell.err().flush();
        stop.finished(exitCode);
        System.exit(exitCode);
    }

    /** UTF-8 whatever the locale says: results go to files and scripts as often as to terminals. */
    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new Printable(new OutputStreamWriter(stream, StandardCharsets.UTF_8)), true);
    }
}
