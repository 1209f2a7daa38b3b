package com.listingsync.producer.mls;

import com.listingsync.producer.connection.MlsFeed;
import com.listingsync.producer.source.Pass;

/**
 * How one reading of a feed begins and how its checkpoint moves. Immutable and pure.
 *
 * @param run the run that the reading is reported under
 * @param start where it begins
 * @param keepsCursor whether the checkpoint stays where it is, as when only some listings are wanted
 * @param skipsSeen whether records that were emitted lately are left out
 * @param resumed whether the run already knows that the feed has begun
 */
record ReadPlan(String run, ReadState start, boolean keepsCursor, boolean skipsSeen, boolean resumed) {

    /** The plan for a pass, given how far the feed has been read. */
    static ReadPlan of(Pass pass, MlsFeed feed, MlsCheckpoint checkpoint) {
        boolean scheduled = pass.trigger() == Pass.Trigger.SCHEDULE;
        boolean sameRun = checkpoint.open() && (scheduled || checkpoint.run().equals(pass.run()));
        String run = sameRun ? checkpoint.run() : pass.run();
        if (!pass.keys().isEmpty()) {
            return new ReadPlan(pass.run(), new ReadState(Cursor.FIRST, null, null), true, false, false);
        }
        if (pass.force() && !sameRun) {
            return new ReadPlan(run, new ReadState(Cursor.FIRST, null, null), false, false, false);
        }
        LastMoment moment = checkpoint.lastMoment();
        if (sameRun || checkpoint.link() != null || moment.drain() != null) {
            ReadState goOn = new ReadState(checkpoint.cursor(), checkpoint.link(), checkpoint.high(), moment);
            return new ReadPlan(run, goOn, false, !pass.force(), sameRun);
        }
        Cursor from = checkpoint.cursor().minus(feed.overlap());
        ReadState start =
                new ReadState(from, null, null, from.equals(checkpoint.cursor()) ? moment : moment.elsewhere());
        return new ReadPlan(run, start, false, true, false);
    }

    /** Whether a commanded pass has been made to its end before, and only the news of that was lost. */
    static boolean alreadyDone(Pass pass, MlsCheckpoint checkpoint) {
        return pass.trigger() == Pass.Trigger.COMMAND
                && pass.keys().isEmpty()
                && checkpoint.run().equals(pass.run())
                && !checkpoint.open();
    }

    /**
     * The checkpoint after a page. It never falls behind what was read before, while an overlap is read again; a forced
     * reading takes it back on purpose.
     */
    MlsCheckpoint after(MlsCheckpoint before, ReadState state) {
        Cursor at = state.at();
        LastMoment moment = state.moment();
        boolean behind = skipsSeen && at.isBefore(before.cursor());
        if (behind || (at.equals(before.cursor()) && moment.drain() == null)) {
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
                moment);
    }

    /** The checkpoint once the run has been told of the feed. */
    MlsCheckpoint opened(MlsCheckpoint next) {
        return keepsCursor
                ? next
                : new MlsCheckpoint(
                        next.timestamp(),
                        next.key(),
                        next.link(),
                        next.high(),
                        run,
                        true,
                        next.complete(),
                        next.moment());
    }

    /** The checkpoint at the end of the reading. */
    MlsCheckpoint ended(MlsCheckpoint last, boolean well) {
        return keepsCursor
                ? last
                : new MlsCheckpoint(
                        last.timestamp(),
                        last.key(),
                        last.link(),
                        last.high(),
                        last.open() ? run : last.run(),
                        false,
                        last.complete() || well,
                        last.moment());
    }
}
