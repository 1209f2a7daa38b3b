package com.listingsync.sink.benchmark;

import com.listingsync.embedded.network.FaultProxy;
import com.listingsync.embedded.network.Weather;
import com.listingsync.sink.SinkStack;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;

/**
 * Where benchmarks write: the stand-in of a {@link SinkStack}, or a real PostgREST that the environment names ({@code POSTGREST_URL},
 * {@code POSTGREST_KEY} of a role that may write, {@code POSTGREST_JDBC} of its database as an owner). {@code BENCH_DELAY}: milliseconds
 * that each answer takes longer.
 *
 * @param url of the REST interface
 * @param key to enter it
 * @param jdbcUrl of the database behind it
 */
record Destination(URI url, String key, String jdbcUrl) {

    static Destination of(SinkStack stack, Map<String, String> environment) {
        Destination bare = environment.containsKey("POSTGREST_URL")
                ? new Destination(
                        URI.create(environment.get("POSTGREST_URL")),
                        environment.get("POSTGREST_KEY"),
                        environment.get("POSTGREST_JDBC"))
                : new Destination(stack.restUri(), stack.serviceRoleKey(), stack.jdbcUrl());
        String delay = environment.getOrDefault("BENCH_DELAY", "");
        return delay.isEmpty() ? bare : bare.behind(Duration.ofMillis(Long.parseLong(delay)));
    }

    /** The same, with each answer this much later. */
    Destination behind(Duration latency) {
        FaultProxy proxy = FaultProxy.start(url.getPort());
        proxy.weather(Weather.latency(latency));
        return new Destination(URI.create("http://127.0.0.1:" + proxy.port()), key, jdbcUrl);
    }

    void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The only number that a query gives. */
    double number(String sql) {
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getDouble(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
