package com.listingsync.common.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One feed in one run. Times are milliseconds since 1970.
 *
 * @param startedAt when its reading began; null before
 * @param expected how many records its source announced; null when unknown
 * @param finishedAt when its reading ended, well or not; null before
 * @param problem why it could not be read; null unless it failed
 * @param missing of the keys that were asked for, those that the feed does not have; null when no keys were, or it could
 *     not be read
 * @param pageSize records that are asked for at a time, where the run named a number; null where it did not, and before
 * @param tally what became of its records
 */
public record FeedState(
        @Nullable Long startedAt,
        @Nullable Long expected,
        @Nullable Long finishedAt,
        @Nullable String problem,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> missing,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer pageSize,
        Tally tally) {

    /** Announced, not begun. */
    public static final FeedState WAITING = new FeedState(null, null, null, null, null, null, Tally.NONE);

    /** The problem of a feed of which no producer says that it has it in hand. */
    public static final String SILENT =
            "no producer reports on it: the one that read it has died, or none runs; it goes on when one is started";

    public FeedState {
        Objects.requireNonNull(tally, "tally");
        missing = missing == null ? null : List.copyOf(missing);
    }

    FeedState started(@Nullable Long expectedNow, @Nullable Integer pageSizeNow, long at) {
        // A producer that takes a feed over in mid-run begins again: the first start counts, what it announced adds up.
        return new FeedState(startedAt == null ? at : startedAt, expectedNow, null, null, null, pageSizeNow, tally);
    }

    FeedState finished(@Nullable String problemNow, @Nullable List<String> missingNow, long at) {
        return new FeedState(startedAt, expected, at, problemNow, missingNow, pageSize, tally);
    }

    FeedState counted(Tally change) {
        FeedState before = change.fetched() > 0 ? heard() : this;
        return new FeedState(
                before.startedAt,
                before.expected,
                before.finishedAt,
                before.problem,
                before.missing,
                before.pageSize,
                before.tally.plus(change));
    }

    /** Somebody has it in hand: if it was given up for silence, that is taken back. */
    FeedState heard() {
        return SILENT.equals(problem) ? new FeedState(startedAt, expected, null, null, null, pageSize, tally) : this;
    }

    /** Whether its reading has ended, well or not. */
    @JsonIgnore
    public boolean isFinished() {
        return finishedAt != null;
    }
}
