package com.listingsync.sink.post;

import com.listingsync.sink.owner.Platform;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Accounts that a person has to look after: their last post was refused for the account's sake. Thread-safe. */
final class AccountTroubles {

    private final Map<String, String> words = new ConcurrentSkipListMap<>();

    /** A post of an owner was refused because of the account. */
    void refused(String owner, Platform platform, String why) {
        words.put(owner + "/" + platform.wireName(), why);
    }

    /** A post of an owner was taken down. */
    void wentWell(String owner, Platform platform) {
        words.remove(owner + "/" + platform.wireName());
    }

    /** All of them in words; empty when there are none. */
    Optional<String> inWords() {
        String all = words.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .reduce((one, other) -> one + "; " + other)
                .orElse("");
        return all.isEmpty() ? Optional.empty() : Optional.of(all);
    }
}
