package com.listingsync.common.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * The text form of a compound key: its parts joined by {@code /}, with {@code %} and {@code /} inside a part written as
 * {@code %25} and {@code %2F}. Ordinary MLS keys need no escape and read plainly in any Kafka tool.
 */
public final class KeyText {

    static final char SEPARATOR = '/';

    private KeyText() {}

    /** The text of a key of these parts. */
    public static String join(String... parts) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            if (i > 0) {
                text.append(SEPARATOR);
            }
            escape(parts[i], text);
        }
        return text.toString();
    }

    /** The parts of a key; at least one, possibly empty strings. */
    public static List<String> split(String text) {
        List<String> parts = new ArrayList<>(3);
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == SEPARATOR) {
                parts.add(unescape(text.substring(start, i)));
                start = i + 1;
            }
        }
        return parts;
    }

    private static void escape(String part, StringBuilder into) {
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c == SEPARATOR) {
                into.append("%2F");
            } else if (c == '%') {
                into.append("%25");
            } else {
                into.append(c);
            }
        }
    }

    private static String unescape(String part) {
        return part.indexOf('%') < 0 ? part : part.replace("%2F", "/").replace("%25", "%");
    }
}
