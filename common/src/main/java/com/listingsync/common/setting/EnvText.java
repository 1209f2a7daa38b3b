package com.listingsync.common.setting;

import java.io.File;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
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
     * @throws IllegalArgumentException when both are set, or the file can't be read or is empty; in one sentence without the variable's
     *     name
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
     * @throws IllegalArgumentException when it can't be read or is empty; in one sentence
     */
    static String read(String variable, String file) {
        String text = "";
        String trouble = "is empty";
        try {
            text = Files.readString(Path.of(file)).stripTrailing();
        } catch (IOException | InvalidPathException e) {
            // Whoever set the path sees this and mends it; a container whose secret was not there finds a folder.
            trouble = trouble(file, e);
        }
        if (text.isEmpty()) {
            throw new IllegalArgumentException(variable + " names the file " + file + ", which " + trouble);
        }
        return text;
    }

    private static String trouble(String file, Exception problem) {
        if (problem instanceof NoSuchFileException) {
            return "does not exist";
        }
        if (problem instanceof AccessDeniedException) {
            return "the user of this process may not read";
        }
        if (problem instanceof CharacterCodingException) {
            return "is not UTF-8 text";
        }
        return new File(file).isDirectory() ? "is a folder" : "can't be read";
    }
}
