package com.listingsync.embedded.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The roles and default privileges of a hosted Supabase project, made if they are missing ({@code supabase-roles.sql}). Stateless. */
final class SupabaseRoles {
    private static final String FILE = "supabase-roles.sql";

    private SupabaseRoles() {}

    static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql());
        }
    }

    private static String sql() {
        try (InputStream file = SupabaseRoles.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException(FILE + " is missing from the class path.");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            // Our own class path can't be read: nothing could start at all.
            throw new UncheckedIOException(e);
        }
    }
}
