package com.listingsync.console.shell;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;

/**
 * Lines for a person who watches: a block that is drawn again in place on a terminal, or written now and then elsewhere,
 * and notes that stay above it. Thread-safe.
 */
public final class Screen {

    /** In a file or a pipe, a block this often is enough. */
    private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(5);

    private static final String UP_AND_CLEAR = "\u001b[1A\u001b[2K";

    private final PrintWriter err;
    private final Terminal terminal;
    private final boolean notesOnly;
    private int drawn;
    private long lastPlain = Long.MIN_VALUE;

    public Screen(PrintWriter err, Terminal terminal) {
        this(err, terminal, false);
    }

    /** @param notesOnly whether blocks are not shown */
    Screen(PrintWriter err, Terminal terminal, boolean notesOnly) {
        this.err = err;
        this.terminal = terminal;
        this.notesOnly = notesOnly;
    }

    /**
     * Shows the block, in the place of the one before; elsewhere than on a terminal only when some seconds have passed.
     *
     * @param nowMillis the time, from any origin
     */
    public synchronized void draw(List<String> lines, long nowMillis) {
        if (notesOnly) {
            return;
        }
        if (terminal.redraw()) {
            StringBuilder text = new StringBuilder(UP_AND_CLEAR.repeat(drawn));
            lines.forEach(line -> text.append(cut(line)).append('\n'));
            err.print(text);
            err.flush();
            drawn = lines.size();
        } else if (lastPlain == Long.MIN_VALUE || nowMillis - lastPlain >= PLAIN_INTERVAL.toMillis()) {
            lines.forEach(err::println);
            lastPlain = nowMillis;
        }
    }

    /** Writes a line that stays; a block that is drawn now goes below it at its next drawing. */
    public synchronized void note(String line) {
        err.print(UP_AND_CLEAR.repeat(terminal.redraw() ? drawn : 0));
        err.println(line);
        err.flush();
        drawn = 0;
    }

    /** Takes the block away, on a terminal. */
    public synchronized void clear() {
        if (terminal.redraw()) {
            err.print(UP_AND_CLEAR.repeat(drawn));
            err.flush();
        }
        drawn = 0;
        lastPlain = Long.MIN_VALUE;
    }

    private String cut(String line) {
        return line.length() < terminal.columns() ? line : line.substring(0, terminal.columns() - 1);
    }
}
