package com.listingsync.console.replay;

import com.listingsync.common.run.FeedName;
import com.listingsync.common.run.Tally;
import com.listingsync.common.wire.ControlKey;
import com.listingsync.console.kafka.KafkaAccess;
import com.listingsync.sink.batch.Account;
import com.listingsync.sink.consume.Accounts;
import com.listingsync.sink.consume.Entries;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A replay's own books: an account for each table, one record with the sums so far in the transaction of every round. The runs that
 * once fetched the rows are not touched: their books are closed. Confined to the loop's thread, but {@link #counts}.
 */
final class ReplayEntries implements Entries {

    private static final String FEED = "replay";

    private final KafkaAccess access;
    private final byte[] key;
    private volatile ReplayCounts counts;

    ReplayEntries(KafkaAccess access, String replay, ReplayCounts counts) {
        this.access = access;
        this.key = ControlKey.of(replay, ReplayBook.COUNTS);
        this.counts = counts;
    }

    /** Counts rows by their tables. */
    static Accounts byTable(String replay) {
        Map<String, Optional<Account>> known = new TreeMap<>();
        return (table, origin) -> known.computeIfAbsent(
                table.isEmpty() ? "unknown" : table,
                name -> Optional.of(new Account(replay, new FeedName(FEED, name))));
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> of(Counted round) {
        return List.of(ReplayBook.record(access, key, after(round)));
    }

    @Override
    public void recorded(Counted round) {
        counts = after(round);
    }

    /** What has been recorded so far. */
    ReplayCounts counts() {
        return counts;
    }

    private ReplayCounts after(Counted round) {
        Map<String, Tally> tables = new TreeMap<>();
        round.tallies().forEach((account, tally) -> tables.merge(account.feed().feed(), tally, Tally::plus));
        return counts.plus(round.read(), round.next(), tables);
    }
}
