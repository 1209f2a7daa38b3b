package com.listingsync.console.shell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The editor of the person at the terminal. Immutable.
 *
 * @param command how it is called; may hold arguments, as in {@code code --wait}
 */
public record Editor(String command) {

    /**
     * The one that {@code VISUAL} or {@code EDITOR} names.
     *
     * @throws CommandFailure when neither does
     */
    public static Editor of(Map<String, String> environment) {
        String visual = environment.getOrDefault("VISUAL", "");
        String command = visual.isBlank() ? environment.getOrDefault("EDITOR", "") : visual;
        if (command.isBlank()) {
            throw new CommandFailure(
                    "neither VISUAL nor EDITOR names an editor; set one, or bring the correction with --patch or --edit");
        }
        return new Editor(command);
    }

    /**
     * What a person makes of a text. It stands in a file that only they can read, and is gone afterwards.
     *
     * @param suffix tells the editor what kind of text it is
     * @throws CommandFailure when the editor can't be run, or ends with a failure
     */
    public String edited(String text, String suffix) {
        try {
            // Files of this method are readable by their owner alone.
            Path file = Files.createTempFile("listing-sync-", suffix);
            try {
                Files.writeString(file, text, StandardCharsets.UTF_8);
                // Through the shell, because the variable may hold arguments; the file's name is one of its own.
                Process editor = new ProcessBuilder(List.of("sh", "-c", command + " \"$1\"", "editor", file.toString()))
                        .inheritIO()
                        .start();
                if (editor.waitFor() != 0) {
                    throw new CommandFailure(
                            "the editor (" + command + ") ended with " + editor.exitValue() + "; nothing is sent");
                }
                return Files.readString(file, StandardCharsets.UTF_8);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // Nothing was sent: the person sees to their editor or their disk.
            throw new CommandFailure("the editor (" + command + ") can't be used: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted while the editor was open; nothing is sent", e);
        }
    }
}
