package com.listingsync.console.command;

import com.listingsync.console.shell.Shell;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The leave to do what can't be undone: given by {@code --yes}, or asked for on a terminal. */
final class Consent {

    @Option(names = "--yes", description = "Do it without asking; needed where nobody can be asked.")
    private boolean yes;

    /**
     * Whether it may be done.
     *
     * @param what is about to be done, such as {@code replay 12 letters}
     * @throws WrongUsage when nobody can be asked
     */
    boolean given(Shell shell, String what) {
        if (yes) {
            return true;
        }
        Optional<String> answer = shell.keyboard().answer(what + "? [y/N] ");
        if (answer.isEmpty()) {
            throw new WrongUsage("this would " + what + "; say --yes to do it where nobody can be asked");
        }
        String typed = answer.get().strip().toLowerCase(Locale.ROOT);
        return typed.equals("y") || typed.equals("yes");
    }
}
