package com.listingsync.sink.owner;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Somebody whose listings are synced.
 *
 * @param name as connections and posts name them
 * @param accounts their social media accounts
 * @param subscription what they want to be told
 */
public record Owner(String name, Map<Platform, PlatformAccount> accounts, Subscription subscription) {

    public Owner {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(subscription, "subscription");
        accounts = Map.copyOf(accounts);
    }

    /** Their account at a platform; empty when they have none. */
    public Optional<PlatformAccount> account(Platform platform) {
        return Optional.ofNullable(accounts.get(platform));
    }
}
