package com.listingsync.console.replay;

import com.listingsync.embedded.postgres.EmbeddedPostgresServer;
import com.listingsync.embedded.postgrest.PostgrestOptions;
import com.listingsync.embedded.postgrest.PostgrestServer;
import com.listingsync.sink.Migrations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A Supabase project with our tables: PostgreSQL and the stand-in for its REST interface. */
public final class Project implements AutoCloseable {

    private static final String SECRET = "a-secret-of-the-console-tests-that-is-long-enough";

    private final EmbeddedPostgresServer postgres;
    private PostgrestServer rest;
    private final int port;
    private final String key;

    private Project(EmbeddedPostgresServer postgres, PostgrestServer rest) {
        this.postgres = postgres;
        this.rest = rest;
        this.port = rest.uri().getPort();
        this.key = rest.serviceRoleKey();
    }

    public static Project start(Path folder) throws IOException {
        EmbeddedPostgresServer postgres = EmbeddedPostgresServer.start(folder);
        Migrations.all().forEach(migration -> postgres.apply(migration.fileName(), migration.sql()));
        return new Project(postgres, PostgrestServer.start(options(postgres)));
    }

    private static PostgrestOptions options(EmbeddedPostgresServer postgres) {
        return PostgrestOptions.on(postgres.jdbcUrl("authenticator"), SECRET).withSchemas(List.of("public", "shadow"));
    }

    /** As the sink's settings name it. */
    public Map<String, String> environment() {
        return Map.of(
                "SUPABASE_URL", url(),
                "SUPABASE_SERVICE_ROLE_KEY", key,
                "SYNC_RETRY_DELAY", "20ms",
                "SYNC_RETRY_ATTEMPTS", "2",
                "SYNC_CIRCUIT_BREAKER_TIMEOUT", "100ms");
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public String key() {
        return key;
    }

    /** It answers nobody. */
    public void stopRest() {
        rest.close();
    }

    /** It answers again. */
    public void startRest() {
        try {
            rest = PostgrestServer.start(options(postgres).withPort(port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void execute(String sql) {
        try (Connection connection = postgres.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of every row, as text. */
    public List<String> column(String sql) {
        try (Connection connection = postgres.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public long count(String from) {
        return Long.parseLong(column("select count(*) from " + from).get(0));
    }

    /** Changes a row behind the guard's back, as a person with the SQL editor can who switches triggers off. */
    public void byHand(String table, String sql) {
        execute("alter table " + table + " disable trigger user; " + sql + "; alter table " + table
                + " enable trigger user");
    }

    public void empty() {
        execute("truncate properties, media, property_rooms, open_houses, property_listings, listing_status_history,"
                + " sync_state, sync_log");
    }

    @Override
    public void close() {
        rest.close();
        postgres.close();
    }
}
