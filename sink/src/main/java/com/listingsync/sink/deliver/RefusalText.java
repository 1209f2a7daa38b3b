package com.listingsync.sink.deliver;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of a server's message may be passed on: the sentence and the names of columns, tables and constraints, never a value.
 *
 * <p>PostgreSQL puts the offending value in quotes at the end of its sentence, or after a colon ({@code invalid input syntax
 * for type numeric: "abc"}); {@code details} prints whole rows and is never read at all (postgrest-wire.md, case 27).
 */
final class RefusalText {

    /** Words after which PostgreSQL quotes the name of a thing in the schema rather than a value. */
    private static final Set<String> NAMING = Set.of(
            "column",
            "relation",
            "constraint",
            "table",
            "index",
            "policy",
            "role",
            "function",
            "schema",
            "view",
            "type");

    private static final Pattern QUOTED = Pattern.compile("(\\w+) [\"']([^\"']*)[\"']");
    private static final Pattern COLUMN =
            Pattern.compile("column \"([^\"]+)\"|the '([^']+)' column|column (\\w+\\.)?(\\w+) does not exist");

    private RefusalText() {}

    /** The sentence without values. */
    static String scrub(String message) {
        int colon = message.indexOf(": ");
        String sentence = colon < 0 ? message : message.substring(0, colon);
        StringBuilder scrubbed = new StringBuilder();
        Matcher quoted = QUOTED.matcher(sentence);
        int at = 0;
        while (quoted.find() && NAMING.contains(quoted.group(1))) {
            scrubbed.append(sentence, at, quoted.end());
            at = quoted.end();
        }
        return scrubbed.append(withoutQuotes(sentence.substring(at))).toString();
    }

    /** The column the sentence names; empty when it names none. */
    static Optional<String> column(String message) {
        Matcher matcher = COLUMN.matcher(message);
        if (!matcher.find()) {
            return Optional.empty();
        }
        for (int group : new int[] {1, 2, 4}) {
            if (matcher.group(group) != null) {
                return Optional.of(matcher.group(group));
            }
        }
        return Optional.empty();
    }

    /** From the first quote to the last: a value may itself hold quotes. */
    private static String withoutQuotes(String text) {
        int first = firstQuote(text);
        int last = Math.max(text.lastIndexOf('"'), text.lastIndexOf('\''));
        return first < 0 ? text : text.substring(0, first) + "…" + (last > first ? text.substring(last + 1) : "");
    }

    private static int firstQuote(String text) {
        int twofold = text.indexOf('"');
        int single = text.indexOf('\'');
        return twofold < 0 || single < 0 ? Math.max(twofold, single) : Math.min(twofold, single);
    }
}
