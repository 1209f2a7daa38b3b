package com.listingsync.console.up;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command of ours as a page has it in a block of code.
 *
 * @param variables what stands before it, as in a shell
 * @param words its arguments, without what quotes them; what it is piped to and its comment left out
 */
record PageCommand(Map<String, String> variables, List<String> words) {

    private static final String PROGRAM = "./listing-sync";
    static final String PROMPT = "$ ";
    private static final Pattern BLOCK = Pattern.compile("(?m)^```[a-z]*\\n(.*?)^```", Pattern.DOTALL);
    private static final Pattern CONTINUED = Pattern.compile("\\\\\\n\\s*");
    private static final Pattern WORD = Pattern.compile("(?:\"[^\"]*\"|'[^']*'|[^\\s\"'])+");
    private static final Pattern QUOTES = Pattern.compile("\"[^\"]*\"|'[^']*'");
    private static final Pattern VARIABLE = Pattern.compile("([A-Z_]+)=(.*)");
    private static final Pattern END = Pattern.compile("[#|>&;}].*");

    /** The commands of a page, in its order. */
    static List<PageCommand> of(Path page) throws IOException {
        List<PageCommand> commands = new ArrayList<>();
        for (String text : blocks(page)) {
            boolean transcript = text.startsWith(PROMPT) || text.contains("\n" + PROMPT);
            text.lines()
                    .filter(line -> !transcript || line.startsWith(PROMPT))
                    .filter(line -> line.contains(PROGRAM + " "))
                    .forEach(line -> commands.add(parsed(line)));
        }
        return commands;
    }

    /** The text of every block of code, with continued lines put together. */
    static List<String> blocks(Path page) throws IOException {
        return BLOCK.matcher(Files.readString(page))
                .results()
                .map(block -> CONTINUED.matcher(block.group(1)).replaceAll(" "))
                .toList();
    }

    /** The words of a line as a shell takes them, without what quotes them. */
    static List<String> words(String line) {
        return WORD.matcher(line).results().map(word -> unquoted(word.group())).toList();
    }

    /** With each word, and each value of a variable, as {@code binding} says. */
    PageCommand bound(UnaryOperator<String> binding) {
        Map<String, String> values = new LinkedHashMap<>();
        variables.forEach((name, value) -> values.put(name, binding.apply(value)));
        return new PageCommand(values, words.stream().map(binding).toList());
    }

    /** Without its variables, as the page has it but for quotes. */
    String text() {
        return String.join(" ", words);
    }

    private static PageCommand parsed(String line) {
        Map<String, String> variables = new LinkedHashMap<>();
        List<String> words = new ArrayList<>();
        boolean begun = false;
        for (Matcher word = WORD.matcher(line); word.find(); ) {
            String said = unquoted(word.group());
            Matcher variable = VARIABLE.matcher(said);
            if (begun && END.matcher(word.group()).matches()) {
                break;
            } else if (begun) {
                words.add(said.replaceAll(";$", ""));
            } else if (variable.matches()) {
                variables.put(variable.group(1), variable.group(2));
            }
            begun |= said.equals(PROGRAM);
        }
        return new PageCommand(variables, words);
    }

    /** Quotes within other quotes are the word's own. */
    private static String unquoted(String word) {
        return QUOTES.matcher(word)
                .replaceAll(part -> Matcher.quoteReplacement(
                        part.group().substring(1, part.group().length() - 1)));
    }
}
