package com.listingsync.console.replay;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A sign of life of a replay's process.
 *
 * @param state how the replay stands
 * @param why what it waits for or why it failed, in words; null when there is nothing to say
 * @param at when, in milliseconds since 1970
 * @param process host and number of the process that runs it
 */
record ReplaySign(State state, @Nullable String why, long at, String process) {

    /** How a replay stands. */
    enum State {
        /** It looks for what it must not send. */
        @JsonProperty("preparing")
        PREPARING,
        @JsonProperty("running")
        RUNNING,
        /** Live rows wait, and go first. */
        @JsonProperty("yielding")
        YIELDING,
        /** Supabase takes nothing at present. */
        @JsonProperty("waiting")
        WAITING,
        /** Somebody paused it. */
        @JsonProperty("paused")
        PAUSED,
        /** It has come to its end. */
        @JsonProperty("finished")
        FINISHED,
        /** Somebody stopped it. */
        @JsonProperty("stopped")
        STOPPED,
        /** It could not go on; it can be resumed. */
        @JsonProperty("failed")
        FAILED,
        /** Its process is gone; it can be resumed. Never written, since nobody is there to. */
        @JsonProperty("abandoned")
        ABANDONED;

        /** Whether its process has let go of it. */
        boolean ended() {
            return this == FINISHED || this == STOPPED || this == FAILED || this == ABANDONED;
        }

        /** As JSON and people see it. */
        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    ReplaySign {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(process, "process");
    }
}
