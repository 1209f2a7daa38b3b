package com.listingsync.common.secret;

import com.listingsync.common.setting.Env;
import com.listingsync.common.setting.EnvRecords;
import com.listingsync.common.setting.Secret;
import java.util.Map;

/**
 * Where the master key is. Neither is needed while nothing in the connections file is sealed.
 *
 * @param key the key itself
 * @param file path of a file that holds it
 */
public record MasterKeySettings(
        @Env(
                name = "SYNC_MASTER_KEY",
                fallback = "",
                ownFile = true,
                doc = "Master key that opens the sealed values of the connections file, in base64"
                        + " (./listing-sync secrets new-key).")
        Secret key,

        @Env(
                name = "SYNC_MASTER_KEY_FILE",
                fallback = "",
                doc = "File that holds the master key instead; only its owner may read it.")
        String file) {

    private static final MasterKeySource NEXT = new MasterKeySource("SYNC_NEW_MASTER_KEY", "SYNC_NEW_MASTER_KEY_FILE");

    /**
     * The master key in force.
     *
     * @throws com.listingsync.common.setting.SettingsException when there is none, or it can't be used; in one sentence
     */
    public static MasterKey current(Map<String, String> environment) {
        MasterKeySettings settings = EnvRecords.read(MasterKeySettings.class, environment);
        return new MasterKeySource("SYNC_MASTER_KEY", "SYNC_MASTER_KEY_FILE").key(settings.key(), settings.file());
    }

    /**
     * The master key to change to, in {@code SYNC_NEW_MASTER_KEY} or the file that {@code SYNC_NEW_MASTER_KEY_FILE} names.
     *
     * @throws com.listingsync.common.setting.SettingsException as {@link #current}
     */
    public static MasterKey next(Map<String, String> environment) {
        return NEXT.key(
                new Secret(environment.getOrDefault("SYNC_NEW_MASTER_KEY", "")),
                environment.getOrDefault("SYNC_NEW_MASTER_KEY_FILE", ""));
    }
}
