package com.listingsync.common.secret;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sealed value as it is written: {@code sealed:v1:KEY:DATA}, with the id of the master key in 8 hex digits, and nonce,
 * ciphertext and tag in base64url without padding.
 *
 * @param keyId id of the master key it was sealed under
 * @param data what the cipher made
 */
record SealedText(String keyId, byte[] data) {

    private static final String PREFIX = "sealed:";
    private static final Pattern V1 = Pattern.compile("sealed:v1:([0-9a-f]{8}):([A-Za-z0-9_-]+)");

    /** Whether a text is meant to be a sealed value, well-formed or not. */
    static boolean isMeantBy(String text) {
        return text.strip().startsWith(PREFIX);
    }

    /**
     * The sealed value in this text.
     *
     * @throws UnsealException when it is damaged, or of another version
     */
    static SealedText parse(String text) throws UnsealException {
        Matcher matcher = V1.matcher(text.strip());
        try {
            if (matcher.matches()) {
                return new SealedText(matcher.group(1), Base64.getUrlDecoder().decode(matcher.group(2)));
            }
        } catch (IllegalArgumentException e) {
            // A length that base64 can't have: falls through to the one message.
        }
        throw new UnsealException("is no sealed value of this version: expected sealed:v1:, 8 hex digits, a colon and"
                + " base64url; it was cut off or changed");
    }

    @Override
    public String toString() {
        return PREFIX + "v1:" + keyId + ":"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(data);
    }
}
