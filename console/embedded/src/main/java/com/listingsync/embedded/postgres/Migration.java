package com.listingsync.embedded.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One migration file in the convention of the Supabase CLI. Immutable.
 *
 * @param version the leading digits of the file name, the key under which it is remembered
 * @param name the rest of the file name, without extension
 * @param sql what it runs, any number of statements
 */
record Migration(String version, String name, String sql) {
    private static final Pattern FILE_NAME = Pattern.compile("(\\d+)_(\\w[\\w-]*?)(?:\\.sql)?");

    private static final String TABLE = """
            create schema if not exists supabase_migrations;
            create table if not exists supabase_migrations.schema_migrations (
              version text primary key,
              statements text[],
              name text
            )
            """;
    private static final String CLAIM =
            "insert into supabase_migrations.schema_migrations (version, statements, name) values (?, array[?], ?) on conflict do nothing";

    /** Reads {@code 20261122074900_create_tables}, with or without {@code .sql}. */
    static Migration of(String fileName, String sql) {
        Matcher parts = FILE_NAME.matcher(fileName);
        if (!parts.matches()) {
            throw new EmbeddedPostgresException(
                    "The migration name '" + fileName
                            + "' is not understood: expected digits, an underscore and a name, such as 20261122074900_create_tables.");
        }
        return new Migration(parts.group(1), parts.group(2), sql);
    }

    /**
     * Runs it once, in one transaction together with the note that it ran and the word to PostgREST to read the schema again.
     *
     * @return false if the version was applied before
     */
    boolean applyOnce(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            // Braces and question marks are SQL here, not JDBC escapes.
            statement.setEscapeProcessing(false);
            statement.execute(TABLE);
            boolean isNew = claim(connection);
            if (isNew) {
                statement.execute(sql);
                statement.execute("notify pgrst, 'reload schema'");
            }
            connection.commit();
            return isNew;
        } catch (SQLException e) {
            // Everything of this migration is undone, so the next attempt starts clean; the caller hears why.
            connection.rollback();
            throw e;
        }
    }

    private boolean claim(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(CLAIM)) {
            insert.setString(1, version);
            insert.setString(2, sql);
            insert.setString(3, name);
            return insert.executeUpdate() == 1;
        }
    }
}
