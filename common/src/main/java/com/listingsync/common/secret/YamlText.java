package com.listingsync.common.secret;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * One text of an entry of the file.
 *
 * @param where its place as problems name it, such as {@code connections[0].auth.token}
 * @param place what it is bound to when it is sealed
 * @param text its value
 * @param start where it begins in the file, in UTF-16 units, quotes or block mark included
 * @param end where it ends
 * @param lineBreaks what ends a block of lines and belongs to the file rather than to the value
 */
record YamlText(String where, SecretPlace place, String text, int start, int end, String lineBreaks) {

    /** What keys that hold secrets are called, wherever they stand; docs/connections.md. */
    private static final Set<String> SECRETS = Set.of("token", "secret", "client_secret", "service_account_json");

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{[A-Za-z_][A-Za-z0-9_]*}");

    boolean isSealed() {
        return SealedText.isMeantBy(text);
    }

    boolean isPlainSecret() {
        return SECRETS.contains(place.key().substring(place.key().lastIndexOf('.') + 1))
                && !text.isBlank()
                && !isSealed()
                && !REFERENCE.matcher(text).find();
    }

    /** How a sealed value stands in the file in place of this text. */
    String written(String sealed) {
        return '"' + sealed + '"' + lineBreaks;
    }
}
