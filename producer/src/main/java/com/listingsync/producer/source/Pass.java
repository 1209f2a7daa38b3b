package com.listingsync.producer.source;

import com.listingsync.common.command.SyncCommand;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One reading of some feeds of a connection to their ends.
 *
 * @param run id of the run it is reported under
 * @param trigger why it is made
 * @param feeds names of the feeds to read
 * @param keys listing keys or property numbers wanted; empty for everything that changed
 * @param force whether to ignore what was read before
 * @param sweep whether to find out what is gone although it is not time for that
 * @param pageSize records to ask for at a time, where a feed is not set to fewer; null for what it is set to
 */
public record Pass(
        String run,
        Trigger trigger,
        Set<String> feeds,
        Set<String> keys,
        boolean force,
        SyncCommand.Sweep sweep,
        @Nullable Integer pageSize) {

    /** Why a pass is made. */
    public enum Trigger {
        /** Its time has come. Announces its run itself, and only if there is anything to report. */
        SCHEDULE,
        /** Somebody asked; they have announced the run and wait for its end. */
        COMMAND
    }

    public Pass {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(trigger, "trigger");
        feeds = Set.copyOf(feeds);
        keys = Set.copyOf(keys);
        Objects.requireNonNull(sweep, "sweep");
    }

    /** A pass without a sweep that is asked for. */
    public Pass(String run, Trigger trigger, Set<String> feeds, Set<String> keys, boolean force) {
        this(run, trigger, feeds, keys, force, SyncCommand.Sweep.NONE, null);
    }

    /** The same over other feeds. */
    public Pass over(Set<String> others) {
        return new Pass(run, trigger, others, keys, force, sweep, pageSize);
    }
}
