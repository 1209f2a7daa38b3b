package com.listingsync.console.shell;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;

/** What a person types, or pipes in. Confined to the main thread. */
public interface Keyboard {

    /**
     * A secret, typed without an echo or read from a pipe (never an argument, which others can see), without the line break at
     * its end; empty when there is none.
     *
     * @param prompt what to ask a person
     * @throws IOException when the input can't be read
     */
    String secret(String prompt) throws IOException;

    /** What a person answers to a question; empty when nobody sits at the keyboard. */
    default Optional<String> answer(String question) {
        return Optional.empty();
    }

    /** Of this process: asks on a terminal (which the launching script has found), and reads anything else to its end. */
    static Keyboard ofThisProcess(Properties properties) {
        boolean terminal = Boolean.parseBoolean(properties.getProperty("listingsync.terminal.in"));
        return new Keyboard() {
            @Override
            public String secret(String prompt) throws IOException {
                Console console = terminal ? System.console() : null;
                if (console != null) {
                    char[] typed = console.readPassword("%s", prompt);
                    return typed == null ? "" : new String(typed);
                }
                String piped = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
                return piped.endsWith("\n")
                        ? piped.substring(0, piped.length() - (piped.endsWith("\r\n") ? 2 : 1))
                        : piped;
            }

            @Override
            public Optional<String> answer(String question) {
                Console console = terminal ? System.console() : null;
                return console == null ? Optional.empty() : Optional.ofNullable(console.readLine("%s", question));
            }
        };
    }
}
