package com.listingsync.producer.mls;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of OData filters that the reader uses: comparisons of clock and key, and, or, parentheses. */
final class DrawnFilter {

    private static final Pattern TOKEN = Pattern.compile("\\s*(\\(|\\)|'(?:[^']|'')*'|[^\\s()]+)");

    private final Matcher tokens;
    private final ToLongFunction<DrawnRow> clock;
    private String token = "";

    DrawnFilter(String text, ToLongFunction<DrawnRow> clock) {
        this.tokens = TOKEN.matcher(text);
        this.clock = clock;
        next();
    }

    Predicate<DrawnRow> parse() {
        Predicate<DrawnRow> any = all();
        while (token.equals("or")) {
            next();
            any = any.or(all());
        }
        return any;
    }

    private Predicate<DrawnRow> all() {
        Predicate<DrawnRow> all = one();
        while (token.equals("and")) {
            next();
            all = all.and(one());
        }
        return all;
    }

    private Predicate<DrawnRow> one() {
        if (token.equals("(")) {
            next();
            Predicate<DrawnRow> inner = parse();
            next();
            return inner;
        }
        String field = next();
        String operator = next();
        String value = next();
        if (field.equals("ListingKey")) {
            String key = value.substring(1, value.length() - 1).replace("''", "'");
            return row -> holds(operator, row.key().compareTo(key));
        }
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(value));
        return row -> holds(operator, Long.compare(clock.applyAsLong(row), micros));
    }

    private static boolean holds(String operator, int order) {
        return switch (operator) {
            case "gt" -> order > 0;
            case "ge" -> order >= 0;
            case "lt" -> order < 0;
            case "eq" -> order == 0;
            default -> throw new IllegalArgumentException(operator);
        };
    }

    /** The token that was current. */
    private String next() {
        String before = token;
        token = tokens.find() ? tokens.group(1) : "";
        return before;
    }
}
