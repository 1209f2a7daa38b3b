package com.listingsync.producer.connection;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.setting.Secret;
import com.listingsync.common.wire.Json;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/**
 * The key file of a Google service account.
 *
 * @param email the account's address, which spreadsheets are shared with; no secret
 * @param project the Google Cloud project it belongs to; empty when the file does not say
 * @param json the file's content
 */
public record ServiceAccountKey(String email, String project, Secret json) {

    private static final String EXPECTED = "expected a service account's key file: JSON with type, client_email and"
            + " private_key, as the Google Cloud console hands it out; ";

    /**
     * The key file in this text.
     *
     * @throws IllegalArgumentException when it is none; the message says what is wrong and nothing of what is in it
     */
    static ServiceAccountKey of(String text) {
        JsonNode json = object(text);
        String type = json.path("type").asText();
        if (!type.equals("service_account")) {
            throw new IllegalArgumentException(EXPECTED
                    + (type.equals("authorized_user")
                            ? "this one is of a person's own account"
                            : "its type is not service_account"));
        }
        for (String field : new String[] {"client_email", "private_key"}) {
            if (json.path(field).asText().isBlank()) {
                throw new IllegalArgumentException(EXPECTED + field + " is missing");
            }
        }
        requireKey(json.path("private_key").asText());
        return new ServiceAccountKey(
                json.path("client_email").asText(), json.path("project_id").asText(), new Secret(text));
    }

    private static JsonNode object(String text) {
        try {
            JsonNode json = Json.MAPPER.readTree(text);
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (JacksonException e) {
            // Falls through to the one message: Jackson's own quotes the text.
        }
        throw new IllegalArgumentException(
                EXPECTED + "this is not JSON (for the path of a file there is service_account_file)");
    }

    private static void requireKey(String pem) {
        String base64 = pem.replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "").replaceAll("\\s", "");
        try {
            KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // Its message may quote the key; whoever copied it sees this and copies it again, whole.
            throw new IllegalArgumentException(EXPECTED + "private_key is damaged or cut off");
        }
    }
}
