package com.listingsync.common.connection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.listingsync.common.setting.DurationText;
import com.listingsync.common.setting.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A mapping of the connections file that is being read: gives out its values by key and notes what is wrong with them,
 * naming the place and never the value. After a problem it answers with some value of the right type, which nobody uses
 * because the file is refused. Confined to one thread.
 */
public final class Section {

    private final String place;
    private final JsonNode node;
    private final Values values;
    private final List<String> problems;
    private final Set<String> known = new TreeSet<>();

    Section(String place, JsonNode node, Values values, List<String> problems) {
        this.place = place;
        this.node = node;
        this.values = values;
        this.problems = problems;
        if (!node.isMissingNode() && !node.isNull() && !node.isObject()) {
            problems.add(place + ": expected a mapping of keys to values");
        }
    }

    /** The place of a key, as problems name it. */
    public String at(String key) {
        return place.isEmpty() ? key : place + "." + key;
    }

    /** Notes what is wrong with a key, in words that do not hold its value. */
    public void problem(String key, String expected) {
        problems.add(at(key) + ": " + expected);
    }

    /** How many problems were noted so far, here and anywhere else in the file. */
    public int problemCount() {
        return problems.size();
    }

    /** All keys that stand here, in their order; each counts as known. */
    public List<String> keys() {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        known.addAll(keys);
        return keys;
    }

    /** Whether a key is there and not null; asking makes it a known one. */
    public boolean has(String key) {
        known.add(key);
        return node.hasNonNull(key);
    }

    /** A text that must be there. */
    public String text(String key) {
        boolean present = has(key);
        Optional<String> text = maybeText(key);
        if (!present) {
            problem(key, "is missing");
        }
        return text.orElse("?");
    }

    /** A text with its {@code ${NAME}} references replaced and, if it is sealed, opened; empty when the key is not there. */
    public Optional<String> maybeText(String key) {
        if (!has(key)) {
            return Optional.empty();
        }
        JsonNode value = node.get(key);
        if (!value.isValueNode()) {
            problem(key, "expected a single value");
            return Optional.empty();
        }
        return Optional.of(resolved(key, value.asText())).filter(text -> {
            if (text.isBlank()) {
                problem(key, "is empty");
            }
            return !text.isBlank();
        });
    }

    /** As {@link #text}, for what must not be printed. */
    public Secret secret(String key) {
        return new Secret(text(key));
    }

    /** A secret that goes into a header of HTTP: without blanks at its ends, and with nothing that would end the header. */
    public Secret token(String key) {
        String token = text(key).strip();
        if (!token.matches("[\\x21-\\x7e]*")) {
            problem(key, "expected one line of letters, digits and punctuation, without blanks");
        }
        return new Secret(token);
    }

    /** An http or https address that must be there. */
    public URI address(String key) {
        return has(key) ? maybeAddress(key).orElse(URI.create("http://unknown")) : URI.create("http://" + missing(key));
    }

    /** An http or https address; empty when the key is not there. */
    public Optional<URI> maybeAddress(String key) {
        return maybeText(key).flatMap(text -> {
            try {
                URI uri = URI.create(text.strip());
                if (uri.getHost() != null && Set.of("http", "https").contains(uri.getScheme())) {
                    return Optional.of(uri);
                }
            } catch (IllegalArgumentException e) {
                // Falls through to the one message: the text is not repeated, it may hold a password.
            }
            problem(key, "expected an address such as https://host/path");
            return Optional.empty();
        });
    }

    /** A whole number with a unit, such as 15m; the fallback when the key is not there. */
    public Duration duration(String key, Duration fallback) {
        Optional<String> text = maybeText(key);
        Optional<Duration> duration = text.flatMap(DurationText::parse);
        if (text.isPresent() && duration.isEmpty()) {
            problem(key, "expected a duration such as 30s, 15m, 24h or 7d");
        }
        return duration.orElse(fallback);
    }

    /** A whole number within bounds; empty when the key is not there. */
    public OptionalInt maybeNumber(String key, int min, int max) {
        Optional<String> text = maybeText(key);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            int number = Integer.parseInt(text.get().strip());
            if (number >= min && number <= max) {
                return OptionalInt.of(number);
            }
        } catch (NumberFormatException e) {
            // Falls through to the one message.
        }
        problem(key, "expected a whole number from " + min + " to " + max);
        return OptionalInt.empty();
    }

    /** A share of 0 to 1 in percent, such as {@code 50%}. */
    public double share(String key, double fallback) {
        Optional<String> text = maybeText(key);
        if (text.isEmpty()) {
            return fallback;
        }
        if (text.get().strip().matches("\\d{1,3}%")) {
            int percent = Integer.parseInt(text.get().strip().replace("%", ""));
            if (percent <= 100) {
                return percent / 100.0;
            }
        }
        problem(key, "expected a share such as 50%");
        return fallback;
    }

    /** One of these words as what it stands for; empty when the key is not there. */
    public <E> Optional<E> oneOf(String key, Map<String, E> choices) {
        return maybeText(key).flatMap(text -> {
            E choice = choices.get(text.strip());
            if (choice == null) {
                problem(key, "expected one of " + String.join(", ", new TreeMap<>(choices).keySet()));
            }
            return Optional.ofNullable(choice);
        });
    }

    /** One text or a list of texts; the fallback when the key is not there. */
    public List<String> texts(String key, List<String> fallback) {
        if (!has(key)) {
            return fallback;
        }
        if (!node.get(key).isArray()) {
            return maybeText(key).map(List::of).orElse(fallback);
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode item : node.get(key)) {
            if (!item.isValueNode() || item.isNull() || item.asText().isBlank()) {
                problem(key, "expected a list of texts");
                return fallback;
            }
            texts.add(resolved(key, item.asText()));
        }
        return texts.isEmpty() ? fallback : texts;
    }

    /** The mapping under a key; an empty one when it is not there. */
    public Section section(String key) {
        return new Section(at(key), has(key) ? node.get(key) : MissingNode.getInstance(), values, problems);
    }

    /** The mappings of the list under a key, which must have at least one. */
    public List<Section> sections(String key) {
        if (!has(key)) {
            problem(key, "expected a list with at least one entry");
            return List.of();
        }
        return maybeSections(key);
    }

    /** The mappings of the list under a key; none when it is not there. */
    public List<Section> maybeSections(String key) {
        List<Section> sections = new ArrayList<>();
        if (!has(key)) {
            return sections;
        }
        if (!node.get(key).isArray() || node.get(key).isEmpty()) {
            problem(key, "expected a list with at least one entry");
            return sections;
        }
        for (JsonNode item : node.get(key)) {
            sections.add(new Section(at(key) + "[" + sections.size() + "]", item, values, problems));
        }
        return sections;
    }

    /** Notes every key that nobody has asked for, with the known one that was most likely meant. */
    public void refuseUnknownKeys() {
        node.fieldNames().forEachRemaining(key -> {
            if (!known.contains(key)) {
                problem(
                        key,
                        "is not a known key"
                                + NearestName.of(key, known)
                                        .map(name -> "; did you mean '" + name + "'?")
                                        .orElse("; known are " + String.join(", ", known)));
            }
        });
    }

    private String missing(String key) {
        problem(key, "is missing");
        return "unknown";
    }

    private String resolved(String key, String text) {
        return values.of(at(key), text, problems::add);
    }
}
