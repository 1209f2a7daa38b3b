package com.listingsync.console.up;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.wire.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether answers are as a page shows them. {@code …} stands for any value, and at the end of an object or a list for more of it; an
 * id of a run or a job is another one each time, and the same wherever the page repeats it. Confined to one page's test.
 */
final class ShownAnswer {

    private static final String ANY = "…";
    private static final String MORE = "\"…\"";
    private static final Pattern ID = Pattern.compile("\\d{8}-\\d{6}-[a-z0-9]{4}");
    private static final Pattern BARE_VALUE = Pattern.compile("([:\\[,]\\s*)…(?=\\s*[,}\\]])");
    private static final Pattern MORE_FIELDS = Pattern.compile(",\\s*\"…\"(?=\\s*})");

    private final Map<String, String> ids = new HashMap<>();

    /** The ids of the page within a text, with those that were answered in their place. */
    String bound(String text) {
        return ID.matcher(text).replaceAll(id -> Matcher.quoteReplacement(ids.getOrDefault(id.group(), id.group())));
    }

    /** What differs, a sentence each; empty when it is as shown. */
    List<String> differences(String shown, JsonNode answered) {
        String json = BARE_VALUE.matcher(shown).replaceAll("$1" + MORE);
        List<String> found = new ArrayList<>();
        try {
            compare("", Json.MAPPER.readTree(MORE_FIELDS.matcher(json).replaceAll("," + MORE + ":0")), answered, found);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the page shows no JSON: " + shown, e);
        }
        return found;
    }

    private void compare(String where, JsonNode shown, JsonNode answered, List<String> found) {
        if (shown.isTextual() && shown.asText().equals(ANY)) {
            return;
        }
        if (shown.isObject() && answered.isObject()) {
            compareFields(where, shown, answered, found);
        } else if (shown.isArray() && answered.isArray()) {
            compareItems(where, shown, answered, found);
        } else if (shown.isTextual() && answered.isTextual()) {
            compareTexts(where, shown.asText(), answered.asText(), found);
        } else if (!shown.equals(answered)) {
            found.add(where + ": the page has " + shown + ", the answer " + answered);
        }
    }

    private void compareFields(String where, JsonNode shown, JsonNode answered, List<String> found) {
        TreeSet<String> names = new TreeSet<>();
        shown.fieldNames().forEachRemaining(names::add);
        boolean more = names.remove(ANY);
        names.forEach(name -> {
            if (answered.has(name)) {
                compare(where + "/" + name, shown.get(name), answered.get(name), found);
            } else {
                found.add(where + "/" + name + ": is not answered");
            }
        });
        if (!more) {
            answered.fieldNames().forEachRemaining(name -> {
                if (!names.contains(name)) {
                    found.add(where + "/" + name + ": is not on the page");
                }
            });
        }
    }

    private void compareItems(String where, JsonNode shown, JsonNode answered, List<String> found) {
        boolean more = !shown.isEmpty() && shown.get(shown.size() - 1).asText().equals(ANY);
        int items = more ? shown.size() - 1 : shown.size();
        if (more ? answered.size() < items : answered.size() != items) {
            found.add(where + ": the page has " + items + " items, the answer " + answered.size());
            return;
        }
        for (int i = 0; i < items; i++) {
            compare(where + "/" + i, shown.get(i), answered.get(i), found);
        }
    }

    private void compareTexts(String where, String shown, String answered, List<String> found) {
        Matcher id = ID.matcher(shown);
        Matcher other = ID.matcher(answered);
        while (id.find() && other.find()) {
            ids.putIfAbsent(id.group(), other.group());
        }
        String pattern = Pattern.quote(bound(shown)).replace(ANY, "\\E.*\\Q");
        if (!answered.matches(pattern)) {
            found.add(where + ": the page has '" + shown + "', the answer '" + answered + "'");
        }
    }
}
