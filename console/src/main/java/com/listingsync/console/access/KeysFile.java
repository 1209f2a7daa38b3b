package com.listingsync.console.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.common.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** The file that says who may use the HTTP side: {@code {"keys": [...]}}. Nobody can log in with what stands in it. */
public final class KeysFile {

    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int ID_LETTERS = 8;
    private static final int SECRET_BYTES = 32;
    private static final int LONGEST_NAME = 64;

    private final Path path;

    public KeysFile(Path path) {
        this.path = path;
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /**
     * All keys, revoked ones too; none when there is no file yet.
     *
     * @throws SettingsException when the file can't be read or is none
     */
    public List<ApiKey> keys() {
        try {
            JsonNode root = Json.MAPPER.readTree(Files.readAllBytes(path));
            return Json.MAPPER.convertValue(root.path("keys"), new TypeReference<List<ApiKey>>() {});
        } catch (NoSuchFileException e) {
            // Nobody has been given a key yet.
            return List.of();
        } catch (JsonProcessingException | IllegalArgumentException | NullPointerException e) {
            // A file that can't be understood must not read as "no keys": nobody gets in until a person mends it.
            throw new SettingsException(
                    path + ": expected a file that './listing-sync api-keys add' has written, found something else");
        } catch (IOException e) {
            throw new SettingsException(path + ": the API keys can't be read (" + e.getMessage() + ")");
        }
    }

    /**
     * Adds a key.
     *
     * @return the key itself, which nobody can find out later
     * @throws SettingsException when the name is taken or none
     */
    public String add(String name, Role role, Clock clock, RandomGenerator random) {
        if (name.isBlank() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new SettingsException(
                    "a key's name has 1 to " + LONGEST_NAME + " characters, such as 'office screen'");
        }
        List<ApiKey> all = new ArrayList<>(keys());
        if (all.stream().anyMatch(key -> key.active() && key.name().equals(name))) {
            throw new SettingsException("there is a key of the name '" + name + "' already; revoke it first");
        }
        String id = random.ints(ID_LETTERS, 0, ALPHABET.length())
                .collect(StringBuilder::new, (text, at) -> text.append(ALPHABET.charAt(at)), StringBuilder::append)
                .toString();
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        String key = ApiKey.PREFIX + id + "_"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        all.add(new ApiKey(id, name, role, ApiKey.hex(ApiKey.hash(key)), clock.millis(), null));
        write(all);
        return key;
    }

    /**
     * Revokes the active key of this name or id.
     *
     * @throws SettingsException when there is none
     */
    public ApiKey revoke(String nameOrId, Clock clock) {
        List<ApiKey> all = new ArrayList<>(keys());
        for (int i = 0; i < all.size(); i++) {
            ApiKey key = all.get(i);
            if (key.active() && (key.name().equals(nameOrId) || key.id().equals(nameOrId))) {
                all.set(i, key.revoked(clock.millis()));
                write(all);
                return all.get(i);
            }
        }
        throw new SettingsException("there is no key '" + nameOrId + "' that could be revoked in " + path);
    }

    private void write(List<ApiKey> keys) {
        try {
            Path folder = Objects.requireNonNull(path.toAbsolutePath().getParent(), "a file has a folder");
            Files.createDirectories(folder);
            Path beside = Files.createTempFile(folder, ".api-keys-", ".tmp", ownerOnly(folder));
            try {
                Files.writeString(
                        beside,
                        Json.MAPPER
                                        .createObjectNode()
                                        .<JsonNode>set("keys", Json.MAPPER.valueToTree(keys))
                                        .toPrettyString()
                                + "\n");
                Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(path + " can't be written", e);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path folder) throws IOException {
        return Files.getFileStore(folder).supportsFileAttributeView("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
