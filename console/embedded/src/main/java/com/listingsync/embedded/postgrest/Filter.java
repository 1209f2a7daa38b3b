package com.listingsync.embedded.postgrest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One condition on a column, as {@code price=gte.100}. Immutable.
 *
 * @param negated whether {@code not.} stood before the operator
 * @param operator one of PostgREST's operators
 * @param operand the text after the operator
 */
record Filter(String column, boolean negated, String operator, String operand) {
    private static final Map<String, String> COMPARISONS = Map.of(
            "eq", "=", "neq", "<>", "gt", ">", "gte", ">=", "lt", "<", "lte", "<=", "like", "like", "ilike", "ilike",
            "match", "~", "imatch", "~*");
    private static final Map<String, String> IS_WORDS =
            Map.of("null", "NULL", "not_null", "NOT NULL", "true", "TRUE", "false", "FALSE", "unknown", "UNKNOWN");

    /** Parses the condition of a URL parameter. */
    static Filter parse(QueryString.Parameter parameter) {
        String input = parameter.value();
        boolean negated = input.startsWith("not.");
        String rest = negated ? input.substring(4) : input;
        int dot = rest.indexOf('.');
        String operator = dot < 0 ? rest : rest.substring(0, dot);
        boolean known = COMPARISONS.containsKey(operator) || operator.equals("in") || operator.equals("is");
        if (dot < 0 || !known) {
            throw notAnOperator(input, negated, rest);
        }
        Filter filter = new Filter(parameter.name(), negated, operator, rest.substring(dot + 1));
        filter.checkOperand(input);
        return filter;
    }

    /** Adds the condition on the column of that table or alias. */
    void addTo(SqlText sql, SqlText table) {
        sql.add(negated ? "NOT " : "").column(table, column);
        switch (operator) {
            case "is" -> sql.add(" IS " + IS_WORDS.get(operand.toLowerCase(Locale.ROOT)));
            case "in" -> sql.add(" = ANY (").value(arrayLiteral()).add(")");
            case "like", "ilike" -> sql.add(" " + operator + " ").value(operand.replace('*', '%'));
            default -> sql.add(" " + COMPARISONS.get(operator) + " ").value(operand);
        }
    }

    /** Adds {@code WHERE} and all conditions; nothing if there are none. */
    static void addWhere(SqlText sql, List<Filter> filters, SqlText table) {
        String word = " WHERE ";
        for (Filter filter : filters) {
            sql.add(word);
            filter.addTo(sql, table);
            word = " AND ";
        }
    }

    private void checkOperand(String input) {
        int column = input.length() - operand.length() + 1;
        if (operator.equals("is") && !IS_WORDS.containsKey(operand.toLowerCase(Locale.ROOT))) {
            throw Refusals.unparsable(
                    "filter",
                    input,
                    column,
                    "unexpected " + firstOf(operand) + " expecting isVal: (null, not_null, true, false, unknown)");
        }
        if (operator.equals("in") && !(operand.startsWith("(") && operand.endsWith(")"))) {
            throw Refusals.unparsable("filter", input, column, "unexpected " + firstOf(operand) + " expecting \"(\"");
        }
    }

    private static RestException notAnOperator(String input, boolean negated, String rest) {
        String expected = negated ? "operator (eq, gt, ...)" : "\"not\" or operator (eq, gt, ...)";
        return Refusals.unparsable(
                "filter", input, negated ? 5 : 1, "unexpected " + firstOf(rest) + " expecting " + expected);
    }

    private static String firstOf(String text) {
        return text.isEmpty() ? "end of input" : "\"" + text.charAt(0) + "\"";
    }

    /** {@code (a,"b,c")} as PostgreSQL's {@code {"a","b,c"}}. */
    private String arrayLiteral() {
        StringBuilder literal = new StringBuilder("{");
        for (String value : listOf(operand.substring(1, operand.length() - 1))) {
            literal.append(literal.length() == 1 ? "" : ",")
                    .append('"')
                    .append(value.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
        }
        return literal.append('}').toString();
    }

    private static List<String> listOf(String inner) {
        List<String> values = new ArrayList<>();
        if (inner.isEmpty()) {
            return values;
        }
        StringBuilder value = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            if (quoted && c == '\\' && i + 1 < inner.length()) {
                value.append(inner.charAt(++i));
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                values.add(value.toString());
                value.setLength(0);
            } else {
                value.append(c);
            }
        }
        values.add(value.toString());
        return values;
    }
}
