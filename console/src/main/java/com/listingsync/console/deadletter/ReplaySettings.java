package com.listingsync.console.deadletter;

import com.listingsync.common.setting.Env;

/**
 * How dead letters are dealt with.
 *
 * @param replayLimit replays after which a letter that is refused again is parked
 */
public record ReplaySettings(
        @Env(
                name = "SYNC_REPLAY_LIMIT",
                fallback = "3",
                doc =
                        "How often a dead letter's record is replayed and refused again before it is parked; a parked one is replayed"
                                + " only when asked for by name or with --state parked.")
        int replayLimit) {

    public ReplaySettings {
        if (replayLimit < 1) {
            throw new IllegalArgumentException("SYNC_REPLAY_LIMIT: expected at least 1");
        }
    }
}
