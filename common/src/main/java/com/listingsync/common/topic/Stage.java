package com.listingsync.common.topic;

import java.util.Optional;

/** The three services a record passes through; each has a dead-letter topic and reports its counts under this name. */
public enum Stage {
    PRODUCER("producer"),
    PROCESSOR("processor"),
    SINK("sink");

    private final String wireName;

    Stage(String wireName) {
        this.wireName = wireName;
    }

    /** The lower-case name used in topic names, headers and reports. */
    public String wireName() {
        return wireName;
    }

    /** The stage with this wire name; empty when there is none. */
    public static Optional<Stage> of(String wireName) {
        for (Stage stage : values()) {
            if (stage.wireName.equals(wireName)) {
                return Optional.of(stage);
            }
        }
        return Optional.empty();
    }
}
