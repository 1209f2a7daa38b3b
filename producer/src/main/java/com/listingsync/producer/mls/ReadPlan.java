package com.listingsync.producer.mls;

import com.listingsync.producer.connection.MlsFeed;
import com.listingsync.producer.source.Pass;
import java.util.Optional;

/**
 * How one reading of a feed begins and how its checkpoint moves. Immutable and pure.
 *
 * @param run the run that the reading is reported under
 * @param start where it begins
 * @param extent what is read
 * @param asked whether somebody asked for it, so that it must not be made twice
 * @param resumed whether the run already knows that the feed has begun
 */
record ReadPlan(String run, ReadState start, Extent extent, boolean asked, boolean resumed) {

    private static final ReadState BEGINNING = new ReadState(Cursor.FIRST, null, null);

    /** What is read, and which place moves with it. */
    enum Extent {
        /** What changed since the cursor; the cursor moves. */
        CHANGES,
        /** Everything; a place of its own moves, and the cursor follows at the end. */
        EVERYTHING,
        /** Some listings; nothing moves. */
        SOME
    }

    /** The plan for a pass, given how far the feed has been read. */
    static ReadPlan of(Pass pass, MlsFeed feed, MlsCheckpoint checkpoint) {
        boolean scheduled = pass.trigger() == Pass.Trigger.SCHEDULE;
        if (!pass.keys().isEmpty()) {
            return new ReadPlan(pass.run(), BEGINNING, Extent.SOME, !scheduled, false);
        }
        if (pass.force()) {
            ForcedReading before = checkpoint.forced();
            if (before != null && before.run().equals(pass.run())) {
                return new ReadPlan(pass.run(), before.state(), Extent.EVERYTHING, !scheduled, true);
            }
            return new ReadPlan(pass.run(), BEGINNING, Extent.EVERYTHING, !scheduled, false);
        }
        boolean sameRun = checkpoint.open() && (scheduled || checkpoint.run().equals(pass.run()));
        String run = sameRun ? checkpoint.run() : pass.run();
        LastMoment moment = checkpoint.lastMoment();
        if (sameRun || checkpoint.link() != null || moment.drain() != null) {
            ReadState goOn = new ReadState(checkpoint.cursor(), checkpoint.link(), checkpoint.high(), moment);
            return new ReadPlan(run, goOn, Extent.CHANGES, !scheduled || sameRun, sameRun);
        }
        Cursor from = checkpoint.cursor().minus(feed.overlap());
        ReadState start =
                new ReadState(from, null, null, from.equals(checkpoint.cursor()) ? moment : moment.elsewhere());
        return new ReadPlan(run, start, Extent.CHANGES, !scheduled, false);
    }

    /** Whether a commanded pass has been made to its end before, and only the news of that was lost. */
    static boolean alreadyDone(Pass pass, MlsCheckpoint checkpoint) {
        return pass.trigger() == Pass.Trigger.COMMAND && checkpoint.followed().contains(pass.run());
    }

    /** Whether records that were emitted lately are left out. */
    boolean skipsSeen() {
        return extent == Extent.CHANGES;
    }

    /** The run that was interrupted in such a reading and that this one does not go on with; empty when there is none. */
    Optional<String> abandoned(MlsCheckpoint checkpoint) {
        ForcedReading forced = checkpoint.forced();
        return switch (extent) {
            case CHANGES -> checkpoint.open() && !resumed ? Optional.of(checkpoint.run()) : Optional.empty();
            case EVERYTHING -> forced != null && !resumed ? Optional.of(forced.run()) : Optional.empty();
            case SOME -> Optional.empty();
        };
    }

    /** The checkpoint after a page. The cursor never falls behind what was read before, while an overlap is read again. */
    MlsCheckpoint after(MlsCheckpoint before, ReadState state) {
        if (extent == Extent.SOME) {
            return before;
        }
        if (extent == Extent.EVERYTHING) {
            return before.with(ForcedReading.at(run, state));
        }
        Cursor at = state.at();
        LastMoment moment = state.moment();
        if (at.isBefore(before.cursor()) || (at.equals(before.cursor()) && moment.drain() == null)) {
            at = before.cursor();
            moment = before.lastMoment().withGrain(moment.grain());
        }
        return new MlsCheckpoint(
                at.timestamp(),
                at.key(),
                state.link(),
                state.high(),
                before.run(),
                before.open(),
                before.complete(),
                before.forced(),
                before.followed(),
                moment);
    }

    /** The checkpoint once the run has been told of the feed. */
    MlsCheckpoint opened(MlsCheckpoint next) {
        return extent == Extent.CHANGES ? standing(next, run, true, next.complete()) : next;
    }

    /** The checkpoint at the end of the reading. */
    MlsCheckpoint ended(MlsCheckpoint last, boolean well) {
        MlsCheckpoint moved = switch (extent) {
            case CHANGES -> standing(last, last.open() ? run : last.run(), false, last.complete() || well);
            case EVERYTHING -> well ? last.afterForced() : last.with(null);
            case SOME -> last;
        };
        return asked ? moved.following(run) : moved;
    }

    private static MlsCheckpoint standing(MlsCheckpoint at, String run, boolean open, boolean complete) {
        return new MlsCheckpoint(
                at.timestamp(),
                at.key(),
                at.link(),
                at.high(),
                run,
                open,
                complete,
                at.forced(),
                at.followed(),
                at.moment());
    }
}
