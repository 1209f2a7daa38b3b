package com.listingsync.common.secret;

import com.listingsync.common.setting.Secret;
import com.listingsync.common.setting.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * A master key in a variable, or in a file that a variable names.
 *
 * @param variable the variable that may hold the key
 * @param fileVariable the variable that may hold the path
 */
record MasterKeySource(String variable, String fileVariable) {

    private static final Set<PosixFilePermission> OWNER_ONLY = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    /**
     * The key.
     *
     * @throws SettingsException when both are given or neither, or what is given can't be used; in one sentence
     */
    MasterKey key(Secret key, String file) {
        boolean inVariable = !key.reveal().isBlank();
        boolean inFile = !file.isBlank();
        if (inVariable == inFile) {
            throw new SettingsException(
                    inFile
                            ? variable + ": set either " + variable + " or " + fileVariable + ", not both"
                            : variable + ": neither " + variable + " nor " + fileVariable
                                    + " is set, and there are secrets to seal or to open");
        }
        try {
            return MasterKey.of(inFile ? read(file) : key);
        } catch (IllegalArgumentException e) {
            throw new SettingsException((inFile ? fileVariable : variable) + ": " + e.getMessage());
        }
    }

    private Secret read(String name) {
        try {
            Path file = Path.of(name);
            requireOwnerOnly(file);
            return new Secret(Files.readString(file));
        } catch (IOException | InvalidPathException e) {
            // Missing, not readable or not text; whoever set the path sees this and mends it.
            throw new SettingsException(fileVariable + ": the file " + name + " can't be read");
        }
    }

    private void requireOwnerOnly(Path file) throws IOException {
        if (!Files.getFileStore(file).supportsFileAttributeView("posix")) {
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (!OWNER_ONLY.containsAll(permissions)) {
            throw new SettingsException(fileVariable + ": the file " + file + " is open to others ("
                    + PosixFilePermissions.toString(permissions)
                    + "); expected one that only its owner can read, as after chmod 600");
        }
    }
}
