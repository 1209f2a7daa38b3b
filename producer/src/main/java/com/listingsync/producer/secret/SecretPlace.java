package com.listingsync.producer.secret;

import java.nio.charset.StandardCharsets;

/**
 * The place in the connections file that a secret belongs to. A sealed value opens at its own place only, so that nobody who
 * may write the file but has no key can use one account's secret for another.
 *
 * @param connection the connection's name as it stands in the file
 * @param key dotted path of the key within the connection, such as {@code auth.oauth2.client_secret}
 */
public record SecretPlace(String connection, String key) {

    public SecretPlace {
        if (connection.isBlank() || key.isBlank()) {
            throw new IllegalArgumentException(
                    "a secret belongs to a connection and a key, such as trreb-idx and auth.token");
        }
    }

    /** What the cipher binds the value to; lengths keep two places from reading alike. */
    byte[] associatedData() {
        return ("listing-sync/connections/v1/" + connection.length() + "/" + connection + "/" + key)
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return key + " of connection " + connection;
    }
}
