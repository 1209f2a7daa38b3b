package com.listingsync.sink.post;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A post that is up, or could not be taken down before.
 *
 * @param id key of its row
 * @param platform name of its platform as the row says, known or not
 * @param externalId its id at the platform
 * @param owner whose account it was posted with; empty when the row does not say
 * @param publishedAt when it was posted, by the clock of whoever wrote the row
 */
record Post(String id, String platform, String externalId, Optional<String> owner, Instant publishedAt) {

    Post {
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(publishedAt, "publishedAt");
    }
}
