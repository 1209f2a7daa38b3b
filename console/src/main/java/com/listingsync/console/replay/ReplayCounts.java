package com.listingsync.console.replay;

import com.listingsync.common.run.Tally;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far a replay of rows has come and what became of its rows; written in the transaction of the offsets, so exact.
 *
 * <p>{@code sent = written + unchanged + superseded + refused}, per table and in all.
 *
 * @param pass the pass under way, from 0
 * @param next where that pass goes on, by partition; a partition that is missing has not begun
 * @param read records read, those passed by included, in all passes
 * @param tables what became of the rows that were sent, by table
 */
public record ReplayCounts(int pass, Map<Integer, Long> next, long read, Map<String, Tally> tables) {

    /** Before anything was read. */
    static final ReplayCounts NONE = new ReplayCounts(0, Map.of(), 0, Map.of());

    public ReplayCounts {
        next = Map.copyOf(next);
        tables = Map.copyOf(tables);
    }

    /** The counts after one more round. */
    ReplayCounts plus(long moreRead, Map<Integer, Long> further, Map<String, Tally> more) {
        Map<Integer, Long> nextNow = new TreeMap<>(next);
        nextNow.putAll(further);
        Map<String, Tally> sum = new TreeMap<>(tables);
        more.forEach((table, tally) -> sum.merge(table, tally, Tally::plus));
        return new ReplayCounts(pass, nextNow, read + moreRead, sum);
    }

    /** At the beginning of a pass. */
    ReplayCounts inPass(int number) {
        return new ReplayCounts(number, Map.of(), read, tables);
    }

    /** What became of all rows. */
    Tally total() {
        return tables.values().stream().reduce(Tally.NONE, Tally::plus);
    }

    /** Rows that were sent: each is counted in exactly one way. */
    static long sent(Tally tally) {
        return tally.counts().values().stream().mapToLong(Long::longValue).sum();
    }

    /** Offsets that the passes have come by. */
    long done(ReplaySpan span) {
        long inThisPass = next.entrySet().stream()
                .mapToLong(place -> Math.min(place.getValue(), span.end(place.getKey())) - span.start(place.getKey()))
                .filter(offsets -> offsets > 0)
                .sum();
        return pass * span.size() + inThisPass;
    }
}
