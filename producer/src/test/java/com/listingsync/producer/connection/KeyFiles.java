package com.listingsync.producer.connection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.common.wire.Json;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Key files of service accounts, with real keys that no account has. */
public final class KeyFiles {

    private static final String PRIVATE_KEY = privateKey();

    private KeyFiles() {}

    public static ObjectNode right() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("type", "service_account");
        json.put("project_id", "listings-1");
        json.put("private_key_id", "k1");
        json.put("private_key", PRIVATE_KEY);
        json.put("client_email", "reader@listings-1.iam.gserviceaccount.example");
        json.put("client_id", "1");
        return json;
    }

    private static String privateKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2_048);
            byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
            return "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
                    + "\n-----END PRIVATE KEY-----\n";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
