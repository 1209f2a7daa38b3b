package com.listingsync.embedded.postgrest;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The parameters of a request's URL, decoded, in their order. Immutable.
 *
 * @param parameters every name and value; a name may come several times
 */
record QueryString(List<Parameter> parameters) {
    private static final Set<String> RESERVED = Set.of("select", "order", "limit", "offset", "on_conflict", "columns");

    /** One name and its value; the value is empty if there was none. */
    record Parameter(String name, String value) {}

    QueryString {
        parameters = List.copyOf(parameters);
    }

    /** Parses the raw, still encoded text after the question mark; empty for none. */
    static QueryString parse(String raw) {
        List<Parameter> found = new ArrayList<>();
        for (String pair : raw.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                found.add(new Parameter(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1))));
            }
        }
        return new QueryString(found);
    }

    Optional<String> first(String name) {
        return parameters.stream()
                .filter(p -> p.name().equals(name))
                .map(Parameter::value)
                .findFirst();
    }

    /** The names in a comma-separated parameter; empty if it is absent or names nothing. */
    Optional<List<String>> names(String name) {
        return first(name)
                .map(value -> Arrays.stream(value.split(",", -1))
                        .map(QueryString::unquoted)
                        .filter(n -> !n.isEmpty())
                        .toList())
                .filter(list -> !list.isEmpty());
    }

    /** A whole number of at least 0; what is not one is ignored, as PostgREST does. */
    Optional<Long> number(String name) {
        return first(name).filter(text -> text.matches("\\d{1,18}")).map(Long::valueOf);
    }

    /** Every parameter that has no meaning of its own and is therefore a filter on a column, or an argument of a function. */
    List<Parameter> others() {
        return parameters.stream().filter(p -> !RESERVED.contains(p.name())).toList();
    }

    /** All parameters, sorted and encoded, as they appear in Content-Location. */
    String canonical() {
        return parameters.stream()
                .sorted(Comparator.comparing(Parameter::name).thenComparing(Parameter::value))
                .map(p -> encode(p.name()) + "=" + encode(p.value()))
                .collect(Collectors.joining("&"));
    }

    /** Percent-encodes all but the unreserved characters of RFC 3986. */
    static String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 128 && (Character.isLetterOrDigit(c) || "-_.~".indexOf(c) >= 0)) {
                encoded.append(c);
            } else {
                encoded.append(String.format("%%%02X", (int) c));
            }
        }
        return encoded.toString();
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String unquoted(String name) {
        String text = name.strip();
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }
}
