package com.listingsync.producer.schedule;

import com.listingsync.producer.source.Pass;
import java.util.Collection;
import java.util.Optional;

/** What the end of a pass over a feed says of how often the feed should be read. */
enum PassEnd {
    /** Something had changed. */
    CHANGES,
    /** Nothing had. */
    NOTHING,
    /** Read well, but over everything or over some keys: that says nothing of changes. */
    NO_TELLING,
    /** It could not be read. */
    TROUBLE;

    /**
     * The end of a pass.
     *
     * @param problems for each feed, why it could not be read
     * @param changes whether anything was emitted
     */
    static PassEnd of(Pass pass, Collection<Optional<String>> problems, boolean changes) {
        if (problems.stream().anyMatch(Optional::isPresent)) {
            return TROUBLE;
        }
        if (pass.force() || !pass.keys().isEmpty()) {
            return NO_TELLING;
        }
        return changes ? CHANGES : NOTHING;
    }
}
