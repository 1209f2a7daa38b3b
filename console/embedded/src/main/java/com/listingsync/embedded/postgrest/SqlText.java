package com.listingsync.embedded.postgrest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A SQL statement in the making, with its parameters. Confined to one thread.
 *
 * <p>Every name is quoted and every value is a parameter: nothing that a client sends becomes SQL.
 */
final class SqlText {
    private final StringBuilder text = new StringBuilder(512);
    private final List<Object> parameters = new ArrayList<>();

    SqlText add(String sql) {
        text.append(sql);
        return this;
    }

    /** A quoted identifier. */
    SqlText name(String name) {
        text.append(quoted(name));
        return this;
    }

    /** A table or function of an exposed schema, qualified. */
    SqlText exposed(String schema, String name) {
        return name(schema).add(".").name(name);
    }

    /** A column of a table or alias; {@code *} stands for all. */
    SqlText column(SqlText table, String column) {
        text.append(table.text).append('.').append(column.equals("*") ? column : quoted(column));
        return this;
    }

    /** A list of quoted names, each after a prefix, separated by commas. */
    SqlText names(String prefix, Collection<String> names) {
        String separator = "";
        for (String name : names) {
            text.append(separator).append(prefix).append(quoted(name));
            separator = ", ";
        }
        return this;
    }

    /** A value whose type PostgreSQL finds from its place in the statement. */
    SqlText value(String value) {
        text.append('?');
        parameters.add(value);
        return this;
    }

    /** UTF-8 JSON, unparsed, as a parameter of that JSON type. */
    SqlText json(byte[] json, String type) {
        text.append("convert_from(?, 'UTF8')::").append(type);
        parameters.add(json);
        return this;
    }

    SqlText add(SqlText other) {
        text.append(other.text);
        parameters.addAll(other.parameters);
        return this;
    }

    /** Statement text with a question mark per parameter. */
    String text() {
        return text.toString();
    }

    /** Strings and byte arrays, in the order of the question marks. */
    List<Object> parameters() {
        return List.copyOf(parameters);
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
