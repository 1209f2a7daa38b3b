package com.listingsync.console.alert;

import com.listingsync.console.alert.Expression.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads an {@link Expression}, operators by their strength: {@code or}, {@code unless}, comparisons, {@code * /}. What is not
 * understood is a fault of our rules, and said when they are read. Confined to one thread.
 */
final class ExpressionText {

    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(\"(?:[^\"\\\\]|\\\\.)*\")|(\\d+(?:\\.\\d+)?)(?![\\w.])|(\\d+[smhd])|([A-Za-z_]\\w*)|(==|!=|>=|<=|=~|!~|[-+*/<>=(){}\\[\\],]))");
    private static final Map<String, DoubleBinaryOperator> AGGREGATES =
            Map.of("sum", Double::sum, "max", Math::max, "min", Math::min);
    private static final Map<String, Expression.Comparison.Comparing> COMPARISONS = Map.of(
            ">", (a, b) -> a > b,
            "<", (a, b) -> a < b,
            ">=", (a, b) -> a >= b,
            "<=", (a, b) -> a <= b,
            "==", (a, b) -> a == b);

    private final String text;
    private final List<String> tokens = new ArrayList<>();
    private int next;

    private ExpressionText(String text) {
        this.text = text;
        Matcher matcher = TOKEN.matcher(text);
        int at = 0;
        while (matcher.find(at) && matcher.start() == at) {
            tokens.add(matcher.group().strip());
            at = matcher.end();
        }
        if (!text.substring(at).isBlank()) {
            throw wrong("'" + text.substring(at).strip() + "' is not understood");
        }
    }

    /** @throws IllegalArgumentException when it is none that is understood */
    static Expression parse(String text) {
        ExpressionText reader = new ExpressionText(text);
        Expression whole = reader.either();
        if (reader.next < reader.tokens.size()) {
            throw reader.wrong("expected an end, found '" + reader.peek() + "'");
        }
        return whole;
    }

    private Expression either() {
        Expression left = unless();
        while (takes("or")) {
            left = new Expression.Or(left, unless());
        }
        return left;
    }

    private Expression unless() {
        Expression left = comparison();
        while (takes("unless")) {
            left = new Expression.Unless(left, comparison());
        }
        return left;
    }

    private Expression comparison() {
        Expression left = product();
        Expression.Comparison.Comparing how = COMPARISONS.get(peek());
        while (how != null) {
            next++;
            left = new Expression.Comparison(how, left, product());
            how = COMPARISONS.get(peek());
        }
        return left;
    }

    private Expression product() {
        Expression left = single();
        while (true) {
            if (takes("*")) {
                left = new Expression.Arithmetic((a, b) -> a * b, left, single());
            } else if (takes("/")) {
                left = new Expression.Arithmetic((a, b) -> a / b, left, single());
            } else {
                return left;
            }
        }
    }

    private Expression single() {
        if (takes("(")) {
            Expression inner = either();
            expect(")");
            return inner;
        }
        String word = take();
        if (Character.isDigit(word.charAt(0))) {
            return new Expression.Constant(Double.parseDouble(word));
        }
        DoubleBinaryOperator aggregate = AGGREGATES.get(word);
        if (aggregate != null) {
            List<String> by = takes("by") ? names() : List.of();
            expect("(");
            Expression of = either();
            expect(")");
            return new Expression.Aggregate(aggregate, by, of);
        }
        return switch (word) {
            case "increase" -> growth(false);
            case "rate" -> growth(true);
            case "absent" -> {
                expect("(");
                Selector of = selector(take());
                expect(")");
                yield new Expression.Absent(of);
            }
            default -> {
                Selector of = selector(word);
                yield new Expression.Values(of, takes("offset") ? millis(take()) : 0);
            }
        };
    }

    private Expression growth(boolean aSecond) {
        expect("(");
        Selector of = selector(take());
        expect("[");
        long millis = millis(take());
        expect("]");
        expect(")");
        return new Expression.Growth(of, millis, aSecond);
    }

    private Selector selector(String name) {
        if (!name.matches("[A-Za-z_]\\w*")) {
            throw wrong("expected a meter, found '" + name + "'");
        }
        Map<String, String> equal = new TreeMap<>();
        Predicate<Map<String, String>> tags = labels -> true;
        if (takes("{")) {
            while (!takes("}")) {
                String label = take();
                String how = take();
                String value = take().replaceAll("^\"|\"$", "");
                if (how.equals("=")) {
                    equal.put(label, value);
                }
                tags = tags.and(matcher(label, how, value));
                takes(",");
            }
        }
        return new Selector(name, equal, tags);
    }

    private Predicate<Map<String, String>> matcher(String label, String how, String value) {
        Pattern pattern = Pattern.compile(value);
        return switch (how) {
            case "=" -> labels -> labels.getOrDefault(label, "").equals(value);
            case "!=" -> labels -> !labels.getOrDefault(label, "").equals(value);
            case "=~" ->
                labels -> pattern.matcher(labels.getOrDefault(label, "")).matches();
            case "!~" ->
                labels -> !pattern.matcher(labels.getOrDefault(label, "")).matches();
            default -> throw wrong("expected =, !=, =~ or !~ after '" + label + "', found '" + how + "'");
        };
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        expect("(");
        while (!takes(")")) {
            names.add(take());
            takes(",");
        }
        return List.copyOf(names);
    }

    private long millis(String duration) {
        try {
            return AlertRule.duration(duration).toMillis();
        } catch (IllegalArgumentException e) {
            // The rules are part of the build: whoever changed them sees this when it is tested.
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private String peek() {
        return next < tokens.size() ? tokens.get(next) : "";
    }

    private boolean takes(String token) {
        boolean found = peek().equals(token);
        if (found) {
            next++;
        }
        return found;
    }

    private String take() {
        if (next >= tokens.size()) {
            throw wrong("it ends too early");
        }
        return tokens.get(next++);
    }

    private void expect(String token) {
        if (!takes(token)) {
            throw wrong("expected '" + token + "', found '" + peek() + "'");
        }
    }

    private IllegalArgumentException wrong(String why) {
        return new IllegalArgumentException("expression '" + text.strip() + "': " + why);
    }
}
