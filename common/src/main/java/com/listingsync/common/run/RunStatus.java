package com.listingsync.common.run;

import com.fasterxml.jackson.annotation.JsonValue;

/** How a run stands. */
public enum RunStatus {
    /** Feeds are being read, or fetched records are under way. */
    RUNNING("running"),
    /** Every fetched record is accounted for and none was refused. */
    COMPLETED("completed"),
    /** Every fetched record is accounted for; some were refused. */
    PARTIAL("partial"),
    /** A feed could not be read. */
    FAILED("failed");

    private final String wireName;

    RunStatus(String wireName) {
        this.wireName = wireName;
    }

    /** The lower-case name used in JSON and tables. */
    @JsonValue
    public String wireName() {
        return wireName;
    }

    /** Whether nothing of the run is under way any more. */
    public boolean ended() {
        return this != RUNNING;
    }
}
