package com.listingsync.processor.map;

/**
 * Makes text that PostgreSQL can store: NUL characters are removed, and a lone surrogate becomes U+FFFD. Both would refuse a
 * whole batch (facts.md §3), and neither carries meaning.
 */
final class CleanText {

    private static final char REPLACEMENT = '\uFFFD';

    private CleanText() {}

    static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                return cleaned(text);
            }
        }
        return text;
    }

    private static String cleaned(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                clean.append(REPLACEMENT);
            } else if (point != 0) {
                clean.appendCodePoint(point);
            }
        });
        return clean.toString();
    }

    /** Whether JSON bytes may hold a character, plain or escaped, that has to be cleaned. */
    static boolean suspect(byte[] json, int from, int to) {
        for (int i = from; i < to - 1; i++) {
            if (json[i] == '\\' && json[i + 1] == 'u' && i + 3 < to) {
                if (json[i + 2] == '0' && json[i + 3] == '0' || json[i + 2] == 'd' || json[i + 2] == 'D') {
                    return true;
                }
                i++;
            } else if (json[i] == '\\') {
                i++;
            } else if (json[i] == (byte) 0xED && (json[i + 1] & 0xFF) >= 0xA0) {
                return true;
            }
        }
        return false;
    }
}
