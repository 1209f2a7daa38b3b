package com.listingsync.producer.schedule;

import com.listingsync.common.setting.Env;
import java.util.Locale;

/**
 * Whether passes are made on schedule.
 *
 * @param scheduled whether feeds are read at their intervals; commands are followed in any case
 * @param firstPass what begins the schedule of a connection
 */
public record ScheduleSettings(
        @Env(
                name = "SYNC_SCHEDULE",
                fallback = "on",
                doc = "Whether feeds are read at their intervals (on), or only when asked to (off).")
        boolean scheduled,

        @Env(
                name = "SYNC_FIRST_PASS",
                fallback = "schedule",
                doc = "What makes the first pass of a connection after a start: schedule (at once), or command (the"
                        + " schedule begins when the first commanded pass has ended).")
        FirstPass firstPass) {

    /** What makes the first pass of a connection. */
    public enum FirstPass {
        SCHEDULE,
        COMMAND;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
