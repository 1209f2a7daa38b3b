package com.listingsync.console.compare;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Two values that differ, as JSON for people: of long ones the part around the first difference.
 *
 * @param older the old one
 * @param newer the new one
 */
record Excerpt(String older, String newer) {

    /** Longest value that is shown whole, in characters. */
    static final int LONGEST = 160;

    /** So much is shown of what comes before the first difference. */
    private static final int BEFORE = 40;

    static Excerpt of(JsonNode older, JsonNode newer) {
        String before = text(older);
        String now = text(newer);
        if (before.length() <= LONGEST && now.length() <= LONGEST) {
            return new Excerpt(before, now);
        }
        int same = 0;
        while (same < Math.min(before.length(), now.length()) && before.charAt(same) == now.charAt(same)) {
            same++;
        }
        int from = Math.max(0, same - BEFORE);
        return new Excerpt(cut(before, from), cut(now, from));
    }

    /** Numbers without an exponent, since nobody reads prices so. */
    private static String text(JsonNode value) {
        if (value.isMissingNode()) {
            return "null";
        }
        return value.isNumber() ? value.decimalValue().toPlainString() : value.toString();
    }

    private static String cut(String text, int from) {
        int begin = whole(text, Math.min(from, text.length()));
        int end = whole(text, Math.min(text.length(), begin + LONGEST));
        return (begin > 0 ? "…" : "") + text.substring(begin, end) + (end < text.length() ? "…" : "");
    }

    /** No character is cut in two. */
    private static int whole(String text, int at) {
        return at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
    }
}
