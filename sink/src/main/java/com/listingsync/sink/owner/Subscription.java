package com.listingsync.sink.owner;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody wants to be told, and how.
 *
 * @param statuses words of the status vocabulary; a listing that gets one of them is news
 * @param failedRuns whether a sync run that failed is news
 * @param webhook told by signed request; empty for none
 * @param mailboxes told by e-mail; empty for none
 */
public record Subscription(
        Set<String> statuses, boolean failedRuns, Optional<Webhook> webhook, List<String> mailboxes) {

    /** Of somebody who wants to be told nothing. */
    public static final Subscription NONE = new Subscription(Set.of(), false, Optional.empty(), List.of());

    public Subscription {
        Objects.requireNonNull(webhook, "webhook");
        statuses = Set.copyOf(statuses);
        mailboxes = List.copyOf(mailboxes);
    }

    /** Whether anybody is told anything. */
    public boolean active() {
        return (webhook.isPresent() || !mailboxes.isEmpty()) && (failedRuns || !statuses.isEmpty());
    }
}
