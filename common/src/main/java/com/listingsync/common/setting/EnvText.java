package com.listingsync.common.setting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/**
 * The text of a secret variable: its own, or that of the file which the variable of the same name with {@code _FILE} names, as
 * container engines hand secrets over. Stateless.
 */
public final class EnvText {

    /** What a variable's name has after it when it names a file with the value. */
    public static final String FILE = "_FILE";

    private EnvText() {}

    /**
     * The text, without the line break a file ends with.
     *
     * @return blank when neither is set
     * @throws IllegalArgumentException when both are set, or the file can't be read; in one sentence without the variable's name
     */
    public static String of(String name, Map<String, String> environment) {
        String text = environment.getOrDefault(name, "");
        String file = environment.getOrDefault(name + FILE, "");
        if (file.isBlank()) {
            return text;
        }
        if (!text.isBlank()) {
            throw new IllegalArgumentException("set either " + name + " or " + name + FILE + ", not both");
        }
        return read(name + FILE, file);
    }

    /**
     * The text of a file that a variable names.
     *
     * @throws IllegalArgumentException when it can't be read; in one sentence
     */
    static String read(String variable, String file) {
        try {
            return Files.readString(Path.of(file)).stripTrailing();
        } catch (IOException | InvalidPathException e) {
            // Missing, not readable or not text; whoever set the path sees this and mends it.
            throw new IllegalArgumentException(variable + " names the file " + file + ", which can't be read");
        }
    }
}
