package com.listingsync.embedded.postgrest;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.AlgorithmMismatchException;
import com.auth0.jwt.exceptions.IncorrectClaimException;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.auth0.jwt.exceptions.SignatureVerificationException;
import com.auth0.jwt.exceptions.TokenExpiredException;
import com.auth0.jwt.interfaces.DecodedJWT;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** Makes and checks the JWTs (HS256) of one project. Immutable, thread-safe. */
final class Tokens {
    /** The clock skew that PostgREST forgives in exp, nbf and iat (postgrest-wire.md case 62). */
    private static final long SKEW_SECONDS = 30;
    /** Fixed, so that a project's keys are the same after every start. */
    private static final Instant ISSUED = Instant.parse("2026-01-01T00:00:00Z");

    private static final Instant EXPIRES = Instant.parse("2056-01-01T00:00:00Z");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Algorithm algorithm;
    private final JWTVerifier verifier;

    Tokens(String secret) {
        this.algorithm = Algorithm.HMAC256(secret);
        this.verifier = JWT.require(algorithm).acceptLeeway(SKEW_SECONDS).build();
    }

    /** A project key of that role. */
    String keyOf(String role) {
        return keyOf(role, EXPIRES);
    }

    String keyOf(String role, Instant expires) {
        return JWT.create()
                .withIssuer("listing-sync")
                .withClaim("role", role)
                .withIssuedAt(ISSUED)
                .withExpiresAt(expires)
                .sign(algorithm);
    }

    /** Who sends this Authorization header; anybody without a bearer token is anonymous. */
    Caller callerOf(Optional<String> authorization) {
        return authorization.flatMap(Tokens::bearer).map(this::callerWith).orElse(Caller.ANONYMOUS);
    }

    private Caller callerWith(String token) {
        if (token.isEmpty()) {
            throw Refusals.badToken("Empty JWT is sent in Authorization header").toException();
        }
        int parts = token.split("\\.", -1).length;
        if (parts != 3) {
            throw Refusals.badToken("Expected 3 parts in JWT; got " + parts).toException();
        }
        return callerOf(verified(token));
    }

    private DecodedJWT verified(String token) {
        try {
            return verifier.verify(token);
        } catch (JWTVerificationException e) {
            // Nothing was done for the caller, who hears in PostgREST's words what is wrong with the token.
            throw refusal(e, token).toException();
        }
    }

    private static RestError refusal(JWTVerificationException e, String token) {
        if (e instanceof TokenExpiredException) {
            return Refusals.badClaims("JWT expired");
        }
        if (e instanceof IncorrectClaimException claim) {
            return Refusals.badClaims(
                    "iat".equals(claim.getClaimName()) ? "JWT issued at future" : "JWT not yet valid");
        }
        if (e instanceof AlgorithmMismatchException
                && "none".equals(JWT.decode(token).getAlgorithm())) {
            return Refusals.badToken("Wrong or unsupported encoding algorithm")
                    .withDetails("JWT is unsecured but expected 'alg' was not 'none'");
        }
        if (e instanceof SignatureVerificationException || e instanceof AlgorithmMismatchException) {
            return Refusals.badToken("No suitable key or wrong key type")
                    .withDetails("None of the keys was able to decode the JWT");
        }
        return Refusals.badToken("JWT couldn't be decoded");
    }

    private static Caller callerOf(DecodedJWT token) {
        try {
            JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(token.getPayload()));
            String role = claims.path("role").asText(Caller.ANONYMOUS_ROLE);
            ((ObjectNode) claims).put("role", role);
            return new Caller(role, JSON.writeValueAsString(claims));
        } catch (IOException e) {
            // The verifier has parsed this very text: a bug that must escape.
            throw new IllegalStateException("A verified token holds no JSON.", e);
        }
    }

    private static Optional<String> bearer(String authorization) {
        boolean isBearer = authorization.regionMatches(true, 0, "Bearer", 0, 6)
                && (authorization.length() == 6 || authorization.charAt(6) == ' ');
        return isBearer ? Optional.of(authorization.substring(6).strip()) : Optional.empty();
    }
}
