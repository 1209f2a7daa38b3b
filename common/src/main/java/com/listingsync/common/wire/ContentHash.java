package com.listingsync.common.wire;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The fingerprint of a payload: the first 64 bits of its SHA-256, as 16 hex digits. It is only ever compared with the
 * fingerprint of another version of the same record, for which 64 bits are plenty.
 */
public final class ContentHash {

    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(ContentHash::sha256);

    private ContentHash() {}

    /** The fingerprint of these bytes. */
    public static String of(byte[] payload) {
        long first = ByteBuffer.wrap(SHA_256.get().digest(payload)).getLong();
        return HexFormat.of().toHexDigits(first);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            // Every Java platform must have SHA-256 (java.security.MessageDigest), so this is a broken JDK.
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
