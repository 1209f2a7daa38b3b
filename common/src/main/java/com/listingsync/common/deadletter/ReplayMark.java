package com.listingsync.common.deadletter;

import com.listingsync.common.wire.RecordHeaders;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/**
 * What a replayed record carries: the dead letter it comes from, and how often its record has been replayed by now.
 *
 * <p>It stands where every record says in whose books it is counted, in the header {@code run}: {@code
 * dead-letter/topic/partition/offset/attempt}. So it costs unmarked records nothing, goes over to the rows that are made of a
 * marked record like any run does, and is counted in the same transaction as the work; only that the counts of a mark are
 * the {@linkplain Fate fate} of one letter, and no outcome of a run. The books of the run that fetched the record keep it as
 * refused, which it was.
 *
 * @param letter the dead letter that was replayed
 * @param attempt how often the record has been replayed, this time included; from 1
 */
public record ReplayMark(LetterId letter, int attempt) {

    /** The same in a header of its own, for records of topics that have no runs, and for people. */
    public static final String REPLAY_OF = "__listings.replay.of";

    /** Beside {@link #REPLAY_OF}: the attempt. */
    public static final String REPLAY_ATTEMPT = "__listings.replay.attempt";

    private static final String PREFIX = "dead-letter/";

    public ReplayMark {
        if (attempt < 1) {
            throw new IllegalArgumentException("a replay's attempt counts from 1; found " + attempt);
        }
    }

    /** Whether this run is a mark rather than a run. */
    public static boolean isMark(String run) {
        return run.startsWith(PREFIX);
    }

    /** The mark that this run is; empty when it is an ordinary run, or no mark that can be read. */
    public static Optional<ReplayMark> of(String run) {
        if (!isMark(run)) {
            return Optional.empty();
        }
        int attempt = run.lastIndexOf('/');
        try {
            return Optional.of(new ReplayMark(
                    LetterId.of(run.substring(PREFIX.length(), Math.max(PREFIX.length(), attempt))),
                    Integer.parseInt(run.substring(attempt + 1))));
        } catch (IllegalArgumentException e) {
            // Somebody else's run that happens to begin like a mark: no letter's fate hangs on it.
            return Optional.empty();
        }
    }

    /** The mark that a record carries; empty when it was not replayed. */
    public static Optional<ReplayMark> of(Headers headers) {
        Optional<ReplayMark> run =
                RecordHeaders.text(headers, RecordHeaders.RUN).flatMap(ReplayMark::of);
        return run.isPresent()
                ? run
                : RecordHeaders.text(headers, REPLAY_OF)
                        .flatMap(of -> of(
                                of, RecordHeaders.text(headers, REPLAY_ATTEMPT).orElse("1")));
    }

    /** The mark that these two headers tell of; empty when they can't be read. */
    public static Optional<ReplayMark> of(String replayOf, String attempt) {
        return of(PREFIX + replayOf + "/" + attempt);
    }

    /** What stands for a run in a marked record. */
    public String run() {
        return PREFIX + letter + "/" + attempt;
    }
}
