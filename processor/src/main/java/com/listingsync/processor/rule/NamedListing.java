package com.listingsync.processor.rule;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A listing of an MLS as those see it who know it by another name, its ListingId.
 *
 * @param listing its key
 * @param status its status; null while the MLS has said none
 * @param here whether some feed has it now
 * @param connection the connection that said so last
 * @param changedAt when the source says the status changed, ISO 8601; empty when it does not say
 */
public record NamedListing(
        String listing, @Nullable String status, boolean here, String connection, Optional<String> changedAt) {

    /** The listing as its own state tells of it. */
    public static NamedListing of(String listing, ListingState state, String connection, Optional<String> changedAt) {
        return new NamedListing(listing, state.status(), state.standing() != Standing.DELETED, connection, changedAt);
    }
}
