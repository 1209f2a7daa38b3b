package com.listingsync.embedded.sheets;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.auth0.jwt.interfaces.DecodedJWT;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** A service account of a server. Immutable. */
final class ServiceAccount {
    private static final String EMAIL = "reader@sample-listings.iam.gserviceaccount.example";
    private static final String KEY_ID = "sample-key-1";
    private static final int KEY_BITS = 2_048;
    /** Google's Java client names this audience whatever the key file's token_uri says. */
    private static final String GOOGLE_AUDIENCE = "https://oauth2.googleapis.com/token";

    private final KeyPair keys;
    private final URI tokenUri;

    ServiceAccount(URI tokenUri, SheetsOptions.Key key) {
        this.tokenUri = tokenUri;
        this.keys = key == SheetsOptions.Key.SHARED ? Shared.KEYS : newKeys();
    }

    /** Made when the first server wants it. */
    private static final class Shared {
        static final KeyPair KEYS = newKeys();
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            // Every JDK has RSA.
            throw new IllegalStateException("This JDK has no RSA", e);
        }
    }

    /** A key file's text as Google's console hands it out. */
    String keyFile() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", "service_account");
        json.put("project_id", "sample-listings");
        json.put("private_key_id", KEY_ID);
        json.put("private_key", pem(keys.getPrivate().getEncoded()));
        json.put("client_email", EMAIL);
        json.put("client_id", "100000000000000000001");
        json.put("token_uri", tokenUri.toString());
        return json.toPrettyString();
    }

    /**
     * The scopes that a signed assertion (RFC 7523) asks for; empty when its signature, issuer, audience or time is wrong.
     * Its times are compared with the system's clock, which the client that signs them uses.
     */
    Optional<Set<String>> scopes(String assertion) {
        try {
            DecodedJWT token = JWT.require(Algorithm.RSA256((RSAPublicKey) keys.getPublic(), null))
                    .withIssuer(EMAIL)
                    .withAnyOfAudience(tokenUri.toString(), GOOGLE_AUDIENCE)
                    .acceptLeeway(60)
                    .build()
                    .verify(assertion);
            return Optional.ofNullable(token.getClaim("scope").asString()).map(scopes -> Set.of(scopes.split(" ")));
        } catch (JWTVerificationException e) {
            // The client is told that its grant is invalid.
            return Optional.empty();
        }
    }

    private static String pem(byte[] key) {
        String lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(key);
        return "-----BEGIN PRIVATE KEY-----\n" + lines + "\n-----END PRIVATE KEY-----\n";
    }
}
