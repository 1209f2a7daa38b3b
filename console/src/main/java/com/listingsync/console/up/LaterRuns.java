package com.listingsync.console.up;

import com.listingsync.common.run.RunState;
import com.listingsync.common.run.RunStatus;
import com.listingsync.common.run.Tally;
import com.listingsync.console.run.RunsTail;
import com.listingsync.console.shell.Screen;
import com.listingsync.console.shell.Shell;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** The runs after the first one: a line for each that brought something. Confined to one thread. */
final class LaterRuns {

    private static final Duration POLL = Duration.ofMillis(250);

    private final Shell shell;
    private final Screen screen;
    private final Set<String> told = new HashSet<>();

    LaterRuns(Shell shell, Screen screen) {
        this.shell = shell;
        this.screen = screen;
    }

    /** Tells of runs until the process is asked to stop. */
    void follow(RunsTail tail, Stack stack) {
        tail.newestFirst().stream().filter(run -> run.status().ended()).forEach(run -> told.add(run.run()));
        while (!shell.stop().isRequested()) {
            stack.requireAlive();
            for (RunState run : tail.changes(POLL)) {
                if (run.status().ended() && broughtSomething(run) && told.add(run.run())) {
                    screen.note(line(run));
                }
            }
        }
    }

    /** Rows of the last seconds are read again in every pass and skipped as duplicates: those are no news. */
    private static boolean broughtSomething(RunState run) {
        return run.total().fetched() > run.total().skipped() || run.status() == RunStatus.FAILED;
    }

    private String line(RunState run) {
        Tally total = run.total();
        return String.format(
                Locale.ROOT,
                "%s %s %s: %,d fetched, %,d written, %,d unchanged, %,d skipped, %,d parked, %,d refused",
                LocalTime.now(shell.clock().withZone(ZoneId.systemDefault())).truncatedTo(ChronoUnit.SECONDS),
                run.run(),
                run.status().wireName(),
                total.fetched(),
                total.written(),
                total.unchanged(),
                total.skipped(),
                total.parked(),
                total.refused());
    }
}
