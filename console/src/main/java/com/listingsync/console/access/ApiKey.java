package com.listingsync.console.access;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A key as it is kept: its hash. The key itself is {@code lsk_<id>_<secret>} with 256 random bits, so one round of SHA-256 is
 * enough: there is nothing to guess, and no table to look in.
 *
 * @param id public part of the key, by which it is found
 * @param name whose it is
 * @param role what its holder may do
 * @param sha256 hash of the whole key, in hexadecimal
 * @param createdAt milliseconds since 1970
 * @param revokedAt since when it opens nothing; null while it does
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ApiKey(
        String id,
        String name,
        Role role,
        String sha256,
        long createdAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long revokedAt) {

    static final String PREFIX = "lsk_";

    public ApiKey {
        Objects.requireNonNull(role, "role");
        if (!id.matches("[a-z0-9]{8}") || !sha256.matches("[0-9a-f]{64}") || name.isBlank()) {
            throw new IllegalArgumentException(
                    "a key has an id of 8 letters, a name, and a hash of 64 hexadecimal digits");
        }
    }

    /** Whether it opens anything. */
    public boolean active() {
        return revokedAt == null;
    }

    ApiKey revoked(long at) {
        return new ApiKey(id, name, role, sha256, createdAt, revokedAt == null ? Long.valueOf(at) : revokedAt);
    }

    static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }
}
