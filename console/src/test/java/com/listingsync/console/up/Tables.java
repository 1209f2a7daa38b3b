package com.listingsync.console.up;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The tables of the embedded Supabase as a test sees them: plain SQL, every value as text. */
final class Tables {

    private final String jdbcUrl;

    Tables(String jdbcUrl) {
        this.jdbcUrl = jdbcUrl;
    }

    /** Two columns of every row of a query, as a map; null is the text "null". */
    Map<String, String> pairs(String sql, String... parameters) {
        Map<String, String> pairs = new TreeMap<>();
        query(sql, parameters).forEach(row -> {
            List<String> values = new ArrayList<>(row.values());
            pairs.put(values.get(0), values.get(1));
        });
        return pairs;
    }

    /** The only row of a query by column; empty when there is none. */
    Map<String, String> row(String sql, String... parameters) {
        List<Map<String, String>> rows = query(sql, parameters);
        return rows.isEmpty() ? Map.of() : rows.get(0);
    }

    long count(String sql, String... parameters) {
        return Long.parseLong(
                row("select count(*) as n from " + sql, parameters).getOrDefault("n", "-1"));
    }

    /** Does something to the database; a change of tables is told to the REST server, too. */
    void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                Statement statement = connection.createStatement()) {
            statement.execute(sql + "; notify pgrst, 'reload schema'");
        } catch (SQLException e) {
            throw new AssertionError("failed: " + sql, e);
        }
    }

    private List<Map<String, String>> query(String sql, String... parameters) {
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            List<Map<String, String>> rows = new ArrayList<>();
            try (ResultSet results = statement.executeQuery()) {
                while (results.next()) {
                    Map<String, String> row = new LinkedHashMap<>();
                    for (int i = 1; i <= results.getMetaData().getColumnCount(); i++) {
                        row.put(
                                results.getMetaData().getColumnLabel(i),
                                Objects.requireNonNullElse(results.getString(i), "null"));
                    }
                    rows.add(row);
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError("query failed: " + sql, e);
        }
    }
}
