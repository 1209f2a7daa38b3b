package com.listingsync.sink.batch;

import com.listingsync.common.run.Tally;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What became of rows, counted per account; rows without one are counted nowhere. Confined to one thread at a time. */
public final class Books {

    /** Why a row that a later one of the same poll replaced was skipped. */
    public static final String SUPERSEDED = Tally.skipped("superseded");

    private final Map<Account, Map<String, Long>> counts = new HashMap<>();

    /** Counts {@code rows} of an account under a name of {@link Tally}. */
    public void count(Optional<Account> account, String name, long rows) {
        if (rows != 0 && account.isPresent()) {
            counts.computeIfAbsent(account.get(), a -> new HashMap<>()).merge(name, rows, Long::sum);
        }
    }

    /** Adds what another has counted. */
    public void add(Books other) {
        other.counts.forEach(
                (account, names) -> names.forEach((name, rows) -> count(Optional.of(account), name, rows)));
    }

    /** The counts so far. */
    public Map<Account, Tally> tallies() {
        Map<Account, Tally> tallies = new HashMap<>();
        counts.forEach((account, names) -> tallies.put(account, new Tally(names)));
        return tallies;
    }
}
