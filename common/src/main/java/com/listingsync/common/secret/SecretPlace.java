package com.listingsync.common.secret;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The place in the connections file that a secret belongs to. A sealed value opens at its own place only, so that nobody who
 * may write the file but has no key can use one account's secret for another.
 *
 * @param holder what kind of entry it stands in
 * @param name the entry's name as it stands in the file
 * @param key dotted path of the key within the entry, such as {@code auth.oauth2.client_secret}
 */
public record SecretPlace(Holder holder, String name, String key) {

    /** An entry that may hold secrets. */
    public enum Holder {
        CONNECTION("connection", "connections"),
        OWNER("owner", "owners");

        private final String word;
        private final String list;

        Holder(String word, String list) {
            this.word = word;
            this.list = list;
        }

        /** The key of the list that it is an entry of. */
        public String list() {
            return list;
        }
    }

    public SecretPlace {
        Objects.requireNonNull(holder, "holder");
        if (name.isBlank() || key.isBlank()) {
            throw new IllegalArgumentException("a secret belongs to an entry with a name and to a key of it, such as"
                    + " trreb-idx and auth.token");
        }
    }

    /** What the cipher binds the value to; the length keeps two places from reading alike. */
    byte[] associatedData() {
        return ("listing-sync/v1/" + holder.list + "/" + name.length() + "/" + name + "/" + key)
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return key + " of " + holder.word + " " + name;
    }
}
