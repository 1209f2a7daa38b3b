package com.listingsync.console.command;

import com.listingsync.console.shell.CommandFailure;
import com.listingsync.console.shell.Shell;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How a command that destroys or overwrites something is allowed to: {@code --yes}, or a yes at the keyboard. */
final class Confirmation {

    @Option(names = "--yes", description = "Do it without asking.")
    private boolean yes;

    /** Whether it need not be asked for. */
    boolean isGiven() {
        return yes;
    }

    /**
     * Goes on only when that is wanted.
     *
     * @param what is about to happen, as a sentence without its end, such as {@code discards 12 dead letters for good}
     * @throws WrongUsage when nobody can be asked
     * @throws CommandFailure when the answer is no
     */
    void require(Shell shell, String what) {
        if (yes) {
            return;
        }
        Optional<String> answer = shell.keyboard().answer("This " + what + ". Go on? [y/N] ");
        if (answer.isEmpty()) {
            throw new WrongUsage("this " + what + "; nobody can be asked here: say --yes if that is wanted");
        }
        String said = answer.get().strip().toLowerCase(Locale.ROOT);
        if (!said.equals("y") && !said.equals("yes")) {
            throw new CommandFailure("nothing was done");
        }
    }
}
