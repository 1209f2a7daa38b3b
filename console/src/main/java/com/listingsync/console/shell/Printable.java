package com.listingsync.console.shell;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.regex.Pattern;

/**
 * What a terminal gets: text, colours, and the lines that {@link Screen} draws anew. Texts of a source get into results (a listing key, the
 * words of an MLS); whatever else a terminal would take for a command is shown by its number. As thread-safe as what it writes to.
 */
public final class Printable extends FilterWriter {

    private static final Pattern COMMAND = Pattern.compile(
            "\\u001b(?!\\[[0-9;]*m|\\[1A|\\[2K)|\\r(?!\\n)|[\\p{Cntrl}\\u0080-\\u009f&&[^\\n\\t\\r\\u001b]]");

    private static final Pattern LINE_BREAK = Pattern.compile("\\R");

    public Printable(Writer out) {
        super(out);
    }

    @Override
    public void write(String text, int from, int length) throws IOException {
        out.write(shown(text.substring(from, from + length)));
    }

    @Override
    public void write(char[] text, int from, int length) throws IOException {
        out.write(shown(new String(text, from, length)));
    }

    @Override
    public void write(int character) throws IOException {
        out.write(shown(Character.toString(character)));
    }

    /** As one line: who writes a line break into a text does not write a row of a table. */
    static String line(String text) {
        return byNumber(LINE_BREAK, text);
    }

    private static String shown(String text) {
        return byNumber(COMMAND, text);
    }

    private static String byNumber(Pattern pattern, String text) {
        return pattern.matcher(text).find()
                ? pattern.matcher(text)
                        .replaceAll(found -> found.group()
                                .chars()
                                .mapToObj("\\\\u%04x"::formatted)
                                .reduce("", String::concat))
                : text;
    }
}
