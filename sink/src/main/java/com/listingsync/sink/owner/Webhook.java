package com.listingsync.sink.owner;

import com.listingsync.common.setting.Secret;
import java.net.URI;
import java.util.Base64;
import java.util.Objects;

/**
 * An address that is told of things by signed POST requests.
 *
 * @param url where to; chosen by the operator alone, so it may well lie in a private network
 * @param secret the key of its signatures in the form of Standard Webhooks: {@code whsec_} and 24 to 64 bytes in Base64
 */
public record Webhook(URI url, Secret secret) {

    /** What the secret has to look like, for whoever chose another. */
    public static final String SECRET_FORM =
            "expected 'whsec_' and 24 to 64 random bytes in Base64, such as: echo whsec_$(openssl rand -base64 32)";

    private static final String PREFIX = "whsec_";
    private static final int SHORTEST = 24;
    private static final int LONGEST = 64;

    /** @throws IllegalArgumentException when the secret has another form; the message does not hold it */
    public Webhook {
        Objects.requireNonNull(url, "url");
        if (!wellFormed(secret)) {
            throw new IllegalArgumentException(SECRET_FORM);
        }
    }

    /** The bytes that signatures are made with. */
    public byte[] key() {
        return bytes(secret);
    }

    /** Whether a secret has the form that {@link #SECRET_FORM} describes. */
    public static boolean wellFormed(Secret secret) {
        try {
            int length = secret.reveal().startsWith(PREFIX) ? bytes(secret).length : 0;
            return length >= SHORTEST && length <= LONGEST;
        } catch (IllegalArgumentException e) {
            // Not Base64; the caller says what was expected.
            return false;
        }
    }

    private static byte[] bytes(Secret secret) {
        return Base64.getDecoder().decode(secret.reveal().substring(PREFIX.length()));
    }
}
