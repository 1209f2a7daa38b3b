package com.listingsync.console.deadletter;

import com.listingsync.console.audit.Actor;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is to be replayed or discarded, and how.
 *
 * @param selection which letters; those that wait ({@link #waiting}) unless it says otherwise
 * @param edit a correction of each of them; empty to send them as they are
 * @param placement key and version of records that had none
 * @param most how many at the most; empty for all
 * @param perSecond how many a second; 0 for as fast as it goes
 * @param dryRun whether to say what would be done, and do nothing
 * @param who acts
 * @param why the reason; needed to discard
 */
public record RedriveRequest(
        LetterFilter selection,
        Optional<Edit> edit,
        Placement placement,
        OptionalInt most,
        int perSecond,
        boolean dryRun,
        Actor who,
        Optional<String> why) {

    public RedriveRequest {
        Objects.requireNonNull(selection, "selection");
        Objects.requireNonNull(who, "who");
        if (perSecond < 0 || most.orElse(1) < 1) {
            throw new IllegalArgumentException("a redrive's rate is 0 or more, and its most is 1 or more");
        }
    }

    /** The selection where letters in any state were not asked for by name or by state: those that were not replayed yet. */
    public static LetterFilter open(LetterFilter selection) {
        return selection.states().size() == LetterState.values().length
                ? selection.inStates(EnumSet.of(LetterState.OPEN))
                : selection;
    }

    /** As {@link #open}, with the parked ones. */
    public static LetterFilter waiting(LetterFilter selection) {
        return selection.states().size() == LetterState.values().length
                ? selection.inStates(EnumSet.of(LetterState.OPEN, LetterState.PARKED))
                : selection;
    }
}
