package com.listingsync.console.shell;

import java.util.Map;
import java.util.Properties;

/**
 * What the streams of the process can show. Immutable.
 *
 * @param colour whether results may be coloured
 * @param redraw whether lines on the error stream can be drawn again in place
 * @param columns width of the error stream in characters
 */
public record Terminal(boolean colour, boolean redraw, int columns) {

    /** Neither colour nor redrawing: a file, a pipe, a log collector. */
    public static final Terminal PLAIN = new Terminal(false, false, 80);

    /**
     * The terminal that the launching script found (Java can't tell which of its streams is one). Colour is off with a
     * {@code NO_COLOR} of any value that isn't empty (no-color.org), and both are off for {@code TERM=dumb}.
     */
    public static Terminal of(Map<String, String> environment, Properties properties) {
        boolean capable = !environment.getOrDefault("TERM", "").equals("dumb");
        boolean colourWanted = environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(
                capable && colourWanted && Boolean.parseBoolean(properties.getProperty("listingsync.terminal.out")),
                capable && Boolean.parseBoolean(properties.getProperty("listingsync.terminal.err")),
                columns(properties.getProperty("listingsync.terminal.columns", "")));
    }

    private static int columns(String text) {
        return text.matches("[1-9]\\d{0,3}") ? Integer.parseInt(text) : PLAIN.columns();
    }
}
