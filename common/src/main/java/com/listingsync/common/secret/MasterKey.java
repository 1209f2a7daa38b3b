package com.listingsync.common.secret;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;
import com.listingsync.common.setting.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** The key that all secrets of a connections file are sealed under: 256 bits, in base64 wherever people handle it. */
public final class MasterKey {

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int ID_BYTES = 4;

    private final String id;
    private final Aead cipher;

    private MasterKey(String id, Aead cipher) {
        this.id = id;
        this.cipher = cipher;
    }

    /** A new key in base64. */
    public static Secret random() {
        byte[] key = SecretBytes.randomBytes(KEY_BYTES).toByteArray(InsecureSecretKeyAccess.get());
        return new Secret(Base64.getEncoder().encodeToString(key));
    }

    /**
     * The key in this text.
     *
     * @throws IllegalArgumentException when it is none; the message is one sentence without the text
     */
    @AccessesPartialKey
    public static MasterKey of(Secret base64) {
        byte[] key = decoded(base64);
        try {
            AeadConfig.register();
            AesGcmKey aes = AesGcmKey.builder()
                    .setParameters(AesGcmParameters.builder()
                            .setKeySizeBytes(KEY_BYTES)
                            .setIvSizeBytes(NONCE_BYTES)
                            .setTagSizeBytes(TAG_BYTES)
                            .setVariant(AesGcmParameters.Variant.NO_PREFIX)
                            .build())
                    .setKeyBytes(SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get()))
                    .build();
            Aead cipher = KeysetHandle.newBuilder()
                    .addEntry(KeysetHandle.importKey(aes).withRandomId().makePrimary())
                    .build()
                    .getPrimitive(RegistryConfiguration.get(), Aead.class);
            return new MasterKey(id(key), cipher);
        } catch (GeneralSecurityException e) {
            // The key has the right size, so it is this Java that lacks AES-GCM.
            throw new IllegalStateException("this Java has no AES-GCM", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** Whether a text is meant to be a sealed value, well-formed or not. */
    public static boolean isSealed(String text) {
        return SealedText.isMeantBy(text);
    }

    /** Eight hex digits that tell this key from others and say nothing about it. */
    public String id() {
        return id;
    }

    /** The secret sealed for its place; differs each time. */
    public String seal(Secret secret, SecretPlace place) {
        try {
            byte[] data = cipher.encrypt(secret.reveal().getBytes(StandardCharsets.UTF_8), place.associatedData());
            return new SealedText(id, data).toString();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM could not seal a value", e);
        }
    }

    /**
     * The secret in a sealed value.
     *
     * @throws UnsealException when it was sealed under another key or for another place, or is damaged
     */
    public Secret open(String sealed, SecretPlace place) throws UnsealException {
        SealedText text = SealedText.parse(sealed);
        if (!text.keyId().equals(id)) {
            throw new UnsealException("is sealed under master key " + text.keyId() + ", and the one given is " + id);
        }
        try {
            return new Secret(new String(cipher.decrypt(text.data(), place.associatedData()), StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            // The tag does not match; the cipher can't tell which of the two it is.
            throw new UnsealException("is damaged, or was sealed for another place than " + place);
        }
    }

    @Override
    public String toString() {
        return "master key " + id;
    }

    private static byte[] decoded(Secret base64) {
        try {
            byte[] key = Base64.getDecoder().decode(base64.reveal().strip());
            if (key.length == KEY_BYTES) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            // Not base64: falls through to the one message, since the JDK's quotes a character of the key.
        }
        throw new IllegalArgumentException(
                "expected a master key, 32 bytes in base64, as './listing-sync secrets new-key' makes one");
    }

    private static String id(byte[] key) throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update("listing-sync master key id".getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest(key), 0, ID_BYTES);
    }
}
