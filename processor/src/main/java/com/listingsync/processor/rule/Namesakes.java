package com.listingsync.processor.rule;

import java.util.List;
import java.util.Optional;

/**
 * The listings that go by one name. A ListingId is unique at its board only, and a listing that comes back may come back with
 * another key, so one name may stand for several.
 *
 * @param listings all that have the name, gone ones included
 */
public record Namesakes(List<NamedListing> listings) {

    /** Nobody has the name. */
    public static final Namesakes NONE = new Namesakes(List.of());

    public Namesakes {
        listings = List.copyOf(listings);
    }

    /**
     * The listing that the name stands for: the only one that is here, or the only one at all when none is here. Empty when
     * nobody has the name, and when it is ambiguous: a wrong listing's status would be worse than none.
     */
    public Optional<NamedListing> one() {
        List<NamedListing> here = listings.stream().filter(NamedListing::here).toList();
        List<NamedListing> candidates = here.isEmpty() ? listings : here;
        return candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
    }

    /** Whether it can't be said which listing the name stands for. */
    public boolean ambiguous() {
        return !listings.isEmpty() && one().isEmpty();
    }
}
