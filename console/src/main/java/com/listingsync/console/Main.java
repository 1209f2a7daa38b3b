package com.listingsync.console;

import com.listingsync.console.command.CommandTree;
import com.listingsync.console.shell.Shell;
import com.listingsync.console.shell.StopSignal;
import com.listingsync.console.shell.Terminal;
import java.io.PrintWriter;
import java.time.Clock;

/** The process entry: gives the command line what it needs of the process, and the process its exit code. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        StopSignal stop = StopSignal.ofThisProcess();
        Shell shell = new Shell(
                System.getenv(),
                new PrintWriter(System.out, true),
                new PrintWriter(System.err, true),
                Terminal.of(System.getenv(), System.getProperties()),
                Clock.systemUTC(),
                stop);
        int exitCode = CommandTree.of(shell).execute(arguments);
        shell.out().flush();
        shell.err().flush();
        stop.finished(exitCode);
        System.exit(exitCode);
    }
}
