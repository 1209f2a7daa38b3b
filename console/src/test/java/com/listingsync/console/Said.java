package com.listingsync.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A sentence that a source has for people when something is wrong. What counts is decided by how it is said, not by a list of
 * places: whatever is thrown, answered as a problem, logged as a warning or an error, found by {@code doctor}, refused, collected as
 * a problem, or answered as words that there may be ({@code Optional<String>}, as every health check does).
 *
 * @param where the class that says it
 * @param literals its fixed parts in their order; what differs is between them
 */
record Said(String where, List<String> literals) {

    /** Literals shorter than this tell nothing by themselves, nor does a single word. */
    private static final int TELLING = 8;

    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|(?m)^\\s*//[^\\n]*$", Pattern.DOTALL);
    private static final Pattern JOINED = Pattern.compile("\"\\s*\\+\\s*\"");
    private static final String QUOTE_ITSELF = "'\"'";

    /** What stands between quotes, which end where their line ends. */
    private static final String TEXT = "[^\"\\\\\\n]*+(?:\\\\.[^\"\\\\\\n]*+)*+";

    private static final Pattern LITERAL = Pattern.compile("\"(" + TEXT + ")\"");
    private static final Pattern CONSTANT = Pattern.compile("String ([A-Z][A-Z_]+)\\s*=\\s*\"(" + TEXT + ")\"\\s*;");
    private static final Pattern NAME = Pattern.compile("(\"" + TEXT + "\")|\\b(?:([A-Z]\\w+)\\.)?([A-Z][A-Z_]+)\\b");

    /** What is followed by the arguments that say it. */
    private static final Pattern SAYS = Pattern.compile(
            "new [\\w.]*(?:Exception|Failure|WrongUsage|Refused|Refusal)\\("
                    + "|Problem\\.(?:of|invalid)\\("
                    + "|at(?:Warn|Error)\\(\\)(?:(?!;\\n).)*?\\.log\\("
                    + "|LOG\\.(?:warn|error)\\("
                    + "|(?:problems|found)\\.(?:add|accept)\\("
                    + "|gate\\.wrong\\(|\\.failed\\(|\\.refuse\\("
                    + "|Optional\\.(?:of|ofNullable)\\("
                    + "|(?<!Finding\\.)\\bunseen\\(",
            Pattern.DOTALL);

    /** What was found follows what it was found of; what mends it stands behind. */
    private static final Pattern FOUND =
            Pattern.compile("(Finding)\\.(?:bad|warning|unseen)\\(|(Observation)\\.(?:bad|warning)\\(");

    /** Answers with words, or none: its statements say them. */
    private static final Pattern WORDS =
            Pattern.compile("(?m)^    (?:[a-z]+ )*Optional<String> \\w+\\([^)]*\\)[^{;]*\\{");

    /**
     * What a source says.
     *
     * @param constants of all sources, as {@link #constants}
     */
    static List<Said> in(String type, String source, Map<String, String> constants) {
        String text = JOINED.matcher(COMMENT.matcher(source).replaceAll("")).replaceAll("");
        List<String> expressions = new ArrayList<>();
        matches(SAYS, text).forEach(found -> expressions.add(String.join(",", arguments(text, found.end()))));
        matches(FOUND, text).forEach(found -> {
            List<String> arguments = arguments(text, found.end());
            expressions.add(arguments.get(found.group(1) != null ? 2 : 1));
        });
        matches(WORDS, text)
                .forEach(found -> expressions.addAll(
                        List.of(String.join(",", arguments(text, found.end())).split(";\\n"))));
        return expressions.stream()
                .map(expression -> new Said(type, literals(resolved(type, expression, constants))))
                .filter(said -> said.literals().stream().anyMatch(Said::isTelling))
                .toList();
    }

    /** The constants of a source, each by {@code Type.NAME}. */
    static Map<String, String> constants(String type, String source) {
        return matches(CONSTANT, JOINED.matcher(source).replaceAll(""))
                .collect(java.util.stream.Collectors.toMap(
                        found -> type + "." + found.group(1), found -> found.group(2), (first, second) -> first));
    }

    /** Without blanks and punctuation at its ends. */
    static String bare(String part) {
        return part.strip().replaceAll("^[:;,('\\] ]+|[:;,(' ]+$", "");
    }

    private static boolean isTelling(String literal) {
        return bare(literal).length() >= TELLING && literal.contains(" ");
    }

    /** Every literal of a text, those that are joined as one. */
    static List<String> literals(String expression) {
        String text = expression.replace(QUOTE_ITSELF, "''");
        return matches(LITERAL, JOINED.matcher(text).replaceAll(""))
                .map(found -> found.group(1))
                .toList();
    }

    private static String resolved(String type, String expression, Map<String, String> constants) {
        return NAME.matcher(expression).replaceAll(found -> {
            String owner = found.group(2) == null ? type : found.group(2);
            String value = found.group(1) == null ? constants.get(owner + "." + found.group(3)) : null;
            return Matcher.quoteReplacement(value == null ? found.group() : '"' + value + '"');
        });
    }

    /** What stands up to the bracket that closes the one before {@code from}, at its commas. */
    private static List<String> arguments(String text, int from) {
        List<String> arguments = new ArrayList<>();
        int depth = 1;
        int begin = from;
        int at = from;
        for (; depth > 0; at++) {
            char c = text.charAt(at);
            if (c == '"' || c == '\'') {
                at = endOfQuoted(text, at);
            } else if ("([{".indexOf(c) >= 0) {
                depth++;
            } else if (")]}".indexOf(c) >= 0) {
                depth--;
            } else if (c == ',' && depth == 1) {
                arguments.add(text.substring(begin, at));
                begin = at + 1;
            }
        }
        arguments.add(text.substring(begin, at - 1));
        return arguments;
    }

    private static int endOfQuoted(String text, int at) {
        if (text.startsWith("\"\"\"", at)) {
            return text.indexOf("\"\"\"", at + 3) + 2;
        }
        int end = at + 1;
        while (text.charAt(end) != text.charAt(at)) {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        return end;
    }

    private static Stream<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }
}
