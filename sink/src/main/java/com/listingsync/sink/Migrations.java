package com.listingsync.sink;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The SQL migrations that make the tables the sink writes to, as they lie in Supabase's own folder, packaged with the sink. */
public final class Migrations {

    private static final String FOLDER = "/supabase/migrations/";

    /** In the order of their versions; a new file is added here. A test compares the list with the folder. */
    private static final List<String> FILES = List.of("20260101000000_listing_sync.sql");

    private Migrations() {}

    /**
     * One migration.
     *
     * @param version digits that order migrations and under which {@code supabase db push} remembers them
     * @param name the rest of the file's name, without {@code .sql}
     * @param sql any number of statements; meant to be applied once
     */
    public record Migration(String version, String name, String sql) {

        /** The name of its file. */
        public String fileName() {
            return version + "_" + name + ".sql";
        }
    }

    /** All migrations, oldest first. */
    public static List<Migration> all() {
        return FILES.stream().map(Migrations::read).toList();
    }

    private static Migration read(String file) {
        try (InputStream in = Migrations.class.getResourceAsStream(FOLDER + file)) {
            if (in == null) {
                throw new IllegalStateException("migration " + file + " is not on the class path");
            }
            int split = file.indexOf('_');
            return new Migration(
                    file.substring(0, split),
                    file.substring(split + 1, file.length() - ".sql".length()),
                    new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("migration " + file + " can't be read from the class path", e);
        }
    }
}
