package com.listingsync.console.shell;

import java.util.regex.Pattern;

/**
 * Colours for results, by meaning. Immutable.
 *
 * @param colour whether there are any; without, every text stays as it is
 */
public record Paint(boolean colour) {

    /** No colours: a file, a pipe, {@code NO_COLOR}. */
    public static final Paint NONE = new Paint(false);

    private static final Pattern ESCAPE = Pattern.compile("\u001b\\[[0-9;]*m");

    /** As it should be. */
    public String good(String text) {
        return in("32", text);
    }

    /** Worth a look. */
    public String warning(String text) {
        return in("33", text);
    }

    /** Wrong. */
    public String bad(String text) {
        return in("31", text);
    }

    /** A heading. */
    public String strong(String text) {
        return in("1", text);
    }

    /** Beside the point. */
    public String faint(String text) {
        return in("2", text);
    }

    /** How many columns a text takes, painted or not. */
    static int width(String text) {
        return text.indexOf('\u001b') < 0 ? text.length() : plain(text).length();
    }

    /** The text without its colours. */
    static String plain(String text) {
        return ESCAPE.matcher(text).replaceAll("");
    }

    private String in(String code, String text) {
        return colour && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
