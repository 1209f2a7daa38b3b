package com.listingsync.console.shell;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** Where a command gets a secret: typed without an echo, or from a pipe; never from an argument, which others can see. */
public interface SecretInput {

    /**
     * The secret, without the line break at its end; empty when there is none.
     *
     * @param prompt what to ask a person
     * @throws IOException when the input can't be read
     */
    String read(String prompt) throws IOException;

    /** Of this process: asks on a terminal (which the launching script has found), and reads anything else to its end. */
    static SecretInput ofThisProcess(Properties properties) {
        boolean terminal = Boolean.parseBoolean(properties.getProperty("listingsync.terminal.in"));
        return prompt -> {
            Console console = terminal ? System.console() : null;
            if (console != null) {
                char[] typed = console.readPassword("%s", prompt);
                return typed == null ? "" : new String(typed);
            }
            String piped = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
            return piped.endsWith("\n") ? piped.substring(0, piped.length() - (piped.endsWith("\r\n") ? 2 : 1)) : piped;
        };
    }
}
