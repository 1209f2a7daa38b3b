package com.listingsync.console.access;

import com.listingsync.common.setting.Secret;
import com.listingsync.common.setting.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that open the HTTP side, read again when their file changes: a revoked key opens nothing a second later. Thread-safe.
 */
public final class KeyRing {

    private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);
    private static final long LOOK_AGAIN_NANOS = Duration.ofSeconds(1).toNanos();

    private final Optional<KeysFile> file;
    private final Optional<byte[]> given;
    private final LongSupplier nanoTime;
    private List<ApiKey> keys;
    private @Nullable FileTime readAs;
    private long lookedAt;

    /**
     * @param file where keys are kept; empty for none
     * @param given an operator's key from the environment; empty for none
     * @param nanoTime the time from any origin
     * @throws SettingsException when the file can't be read
     */
    public KeyRing(Optional<KeysFile> file, Secret given, LongSupplier nanoTime) {
        this.file = file;
        this.given = given.isEmpty() ? Optional.empty() : Optional.of(ApiKey.hash(given.reveal()));
        this.nanoTime = nanoTime;
        this.readAs = modified();
        this.keys = file.map(KeysFile::keys).orElse(List.of());
        this.lookedAt = nanoTime.getAsLong();
    }

    /** Whether any key was ever given out: then every request needs one. */
    public boolean inUse() {
        return given.isPresent() || !current().isEmpty();
    }

    /** Whether there is a key that opens anything. */
    public boolean opens() {
        return given.isPresent() || current().stream().anyMatch(ApiKey::active);
    }

    /** The holder of this key; takes as long for a wrong one as for a right one. */
    public Optional<Caller> holder(String key) {
        byte[] hash = ApiKey.hash(key);
        List<Caller> found = new ArrayList<>();
        given.filter(wanted -> MessageDigest.isEqual(wanted, hash))
                .ifPresent(wanted -> found.add(new Caller("environment", Role.OPERATOR)));
        for (ApiKey each : current()) {
            boolean equal = MessageDigest.isEqual(HexFormat.of().parseHex(each.sha256()), hash);
            if (equal && each.active()) {
                found.add(new Caller(each.name(), each.role()));
            }
        }
        return found.stream().findFirst();
    }

    private synchronized List<ApiKey> current() {
        long now = nanoTime.getAsLong();
        if (file.isPresent() && now - lookedAt >= LOOK_AGAIN_NANOS) {
            lookedAt = now;
            FileTime modified = modified();
            if (modified == null ? readAs != null : !modified.equals(readAs)) {
                reread(file.get(), modified);
            }
        }
        return keys;
    }

    private void reread(KeysFile from, @Nullable FileTime modified) {
        try {
            List<ApiKey> read = from.keys();
            if (read.isEmpty() && !keys.isEmpty()) {
                LOG.atWarn()
                        .addKeyValue("file", from.path())
                        .log("the API keys are gone; those read before stay in force");
                return;
            }
            keys = read;
            readAs = modified;
        } catch (SettingsException e) {
            // The keys read before stay in force; a person sees this and mends the file.
            LOG.atWarn().addKeyValue("reason", e.getMessage()).log("the API keys can't be read again");
        }
    }

    private @Nullable FileTime modified() {
        if (file.isEmpty()) {
            return null;
        }
        try {
            return Files.getLastModifiedTime(file.get().path());
        } catch (IOException e) {
            // No file, no keys of it.
            return null;
        }
    }
}
