package com.listingsync.console.up;

import com.listingsync.common.wire.Json;
import com.listingsync.embedded.postgrest.PostgrestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The keys of the embedded Supabase, in files that only their owner may read. They stay the same over restarts. */
final class SupabaseKeys {

    private static final int SECRET_BYTES = 32;

    private final Path secretFile;
    private final Path keysFile;

    SupabaseKeys(Path folder) {
        this.secretFile = folder.resolve("jwt-secret");
        this.keysFile = folder.resolve("supabase.json");
    }

    /** The secret that signs the keys; made at the first time. */
    String secret(SecureRandom random) throws IOException {
        if (!Files.exists(secretFile)) {
            byte[] secret = new byte[SECRET_BYTES];
            random.nextBytes(secret);
            writePrivate(secretFile, HexFormat.of().formatHex(secret));
        }
        return Files.readString(secretFile).strip();
    }

    /** Writes the keys of this server for whoever wants to ask it. */
    Path write(PostgrestServer server) throws IOException {
        writePrivate(
                keysFile,
                Json.MAPPER
                        .createObjectNode()
                        .put("url", server.uri().toString())
                        .put("serviceRoleKey", server.serviceRoleKey())
                        .put("anonKey", server.anonKey())
                        .toPrettyString());
        return keysFile;
    }

    /** Writes a file that only its owner may read. */
    static void writePrivate(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.write(
                file,
                (text + "\n").getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
    }
}
