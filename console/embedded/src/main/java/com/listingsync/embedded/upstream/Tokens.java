package com.listingsync.embedded.upstream;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Bearer tokens that are good for a while, each for something. Thread-safe.
 *
 * @param <T> what a token is good for
 */
public final class Tokens<T> {
    private record Issued<T>(T grant, Instant expires) {}

    private final Map<String, Issued<T>> issued = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final Clock clock;

    public Tokens(Clock clock) {
        this.clock = clock;
    }

    /** A new token, good for the grant until its lifetime is over. */
    public String issue(T grant, Duration lifetime) {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        issued.values().removeIf(each -> !each.expires().isAfter(clock.instant()));
        issued.put(token, new Issued<>(grant, clock.instant().plus(lifetime)));
        return token;
    }

    /** A token that never expires. */
    public void accept(String token, T grant) {
        issued.put(token, new Issued<>(grant, Instant.MAX));
    }

    /** What the token is good for; empty when it is unknown, expired or revoked. */
    public Optional<T> grant(String token) {
        return Optional.ofNullable(issued.get(token))
                .filter(each -> each.expires().isAfter(clock.instant()))
                .map(Issued::grant);
    }

    /** Ends all tokens that would expire one day. */
    public void revokeIssued() {
        issued.values().removeIf(each -> !each.expires().equals(Instant.MAX));
    }
}
