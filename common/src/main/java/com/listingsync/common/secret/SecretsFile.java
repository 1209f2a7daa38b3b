package com.listingsync.common.secret;

import com.listingsync.common.setting.Secret;
import com.listingsync.common.setting.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A connections file as text with secrets in it. What is changed is the secrets alone: comments, order and layout stay as
 * they are. Immutable; {@link #replace()} writes.
 */
public final class SecretsFile {

    private final Path file;
    private final String original;
    private final String text;

    private SecretsFile(Path file, String original, String text) {
        this.file = file;
        this.original = original;
        this.text = text;
    }

    /**
     * Reads a file.
     *
     * @throws SettingsException when it can't be read or is no YAML
     */
    public static SecretsFile read(Path file) {
        try {
            Path real = file.toRealPath();
            String text = Files.readString(real);
            YamlTexts.of(text);
            return new SecretsFile(real, text, text);
        } catch (IOException e) {
            // Missing, not readable or not UTF-8; whoever named the file sees this.
            throw new SettingsException("the connections file " + file + " can't be read ("
                    + e.getClass().getSimpleName() + ")");
        }
    }

    /** Places of secrets that stand in the file as they are: neither sealed nor a reference to the environment. */
    public List<String> plain() {
        return where(YamlText::isPlainSecret);
    }

    /** Places of sealed values. */
    public List<String> sealed() {
        return where(YamlText::isSealed);
    }

    /** This file with all plain secrets sealed. */
    public SecretsFile seal(MasterKey key) {
        return with(YamlText::isPlainSecret, value -> key.seal(new Secret(value.text()), value.place()));
    }

    /**
     * This file with all sealed values sealed under another key.
     *
     * @throws SettingsException when some do not open, naming them all
     */
    public SecretsFile rotate(MasterKey from, MasterKey to) {
        List<String> problems = check(from);
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
        return with(YamlText::isSealed, value -> to.seal(from.open(value.text(), value.place()), value.place()));
    }

    /** What is wrong with the sealed values, a sentence each that names the place; empty when all open. */
    public List<String> check(MasterKey key) {
        List<String> problems = new ArrayList<>();
        for (YamlText value : YamlTexts.of(text)) {
            if (value.isSealed()) {
                try {
                    key.open(value.text(), value.place());
                } catch (UnsealException e) {
                    problems.add(value.where() + ": " + e.words());
                }
            }
        }
        return problems;
    }

    /**
     * Puts this text in the file's place, at once or not at all; permissions stay.
     *
     * @throws SettingsException when the file has changed since it was read
     * @throws IOException when it can't be written; the file is as it was
     */
    public void replace() throws IOException {
        // A file that can't be read back is never written.
        YamlTexts.of(text);
        if (!Files.readString(file).equals(original)) {
            throw new SettingsException("the connections file " + file + " was changed meanwhile; nothing is written");
        }
        AtomicFile.write(file, text);
    }

    /** The text. */
    String text() {
        return text;
    }

    private interface Change {
        String of(YamlText value) throws UnsealException;
    }

    private SecretsFile with(Predicate<YamlText> which, Change change) {
        Map<Integer, YamlText> byStart = new TreeMap<>();
        YamlTexts.of(text).stream().filter(which).forEach(value -> byStart.put(value.start(), value));
        StringBuilder changed = new StringBuilder();
        int at = 0;
        for (YamlText value : byStart.values()) {
            try {
                changed.append(text, at, value.start()).append(value.written(change.of(value)));
                at = value.end();
            } catch (UnsealException e) {
                // All have just been opened; a problem here is one of this Java.
                throw new IllegalStateException(value.where() + " " + e.words(), e);
            }
        }
        return new SecretsFile(
                file, original, changed.append(text, at, text.length()).toString());
    }

    private List<String> where(Predicate<YamlText> which) {
        return YamlTexts.of(text).stream().filter(which).map(YamlText::where).toList();
    }
}
