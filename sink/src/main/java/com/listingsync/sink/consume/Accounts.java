package com.listingsync.sink.consume;

import com.listingsync.common.event.Origin;
import com.listingsync.common.run.FeedName;
import com.listingsync.sink.batch.Account;
import java.util.Optional;

/** In whose books a row is counted. Pure. */
@FunctionalInterface
public interface Accounts {

    /**
     * The account of a row.
     *
     * @param table the row's table; empty for a record that is no row
     * @param origin the fetched record that the row answers for; empty when it answers for none
     */
    Optional<Account> of(String table, Optional<Origin> origin);

    /** Those of the runs that fetched the rows. */
    static Accounts ofRuns() {
        return (table, origin) -> origin.flatMap(from ->
                from.run().map(run -> new Account(run, new FeedName(from.connection(), from.feed()))));
    }
}
