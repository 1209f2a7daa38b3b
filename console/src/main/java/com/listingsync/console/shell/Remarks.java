package com.listingsync.console.shell;

import java.io.PrintWriter;

/**
 * What a command says beside its result, on the error stream: hints, progress, how it went. Nothing of it is a failure, so
 * {@code --quiet} silences it. Thread-safe.
 */
public final class Remarks {

    private final PrintWriter err;
    private final Terminal terminal;
    private volatile boolean quiet;

    public Remarks(PrintWriter err, Terminal terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    /** Says nothing from now on. */
    public void hush() {
        quiet = true;
    }

    /** Whether nothing is said. */
    public boolean isQuiet() {
        return quiet;
    }

    /** Says a line. */
    public void say(String line) {
        if (!quiet) {
            err.println(line);
        }
    }

    /** A screen for progress; one that shows notes alone, which tell of failures, when nothing is said. */
    public Screen screen() {
        return new Screen(err, terminal, quiet);
    }

    /** A bar for progress: on a terminal only, and only when something is said. */
    public ProgressBar bar(String what) {
        boolean shown = !quiet && terminal.redraw();
        return new ProgressBar(what, shown ? screen() : null, terminal.columns());
    }
}
