package com.listingsync.console.api;

import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command line's sentences for those who never typed a switch: its options become the API's names. Pure. */
final class WordsOfTheApi {

    /** Commands that a sentence recommends stay as they are typed. */
    private static final Pattern OPTION = Pattern.compile("'\\./listing-sync[^']*'|--([a-z][a-z-]*[a-z])");

    private static final Map<String, String> OTHER_NAMES = Map.of(
            "connection", "connections",
            "owner", "owners",
            "table", "tables",
            "entity", "entities",
            "header", "headers",
            "batch-size", "batchSize");

    private WordsOfTheApi() {}

    static String of(String sentence) {
        return OPTION.matcher(sentence)
                .replaceAll(WordsOfTheApi::word)
                .replace("leave keys out", "leave them out")
                .replace("these switches together", "this selection");
    }

    private static String word(MatchResult found) {
        String option = found.group(1);
        return Matcher.quoteReplacement(
                option == null ? found.group() : OTHER_NAMES.getOrDefault(option, camelCase(option)));
    }

    private static String camelCase(String option) {
        StringBuilder name = new StringBuilder();
        for (String part : option.split("-")) {
            name.append(name.isEmpty() ? part : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
        }
        return name.toString();
    }
}
