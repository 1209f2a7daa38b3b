package com.listingsync.common.event;

import java.util.Optional;

/** What happened to a record at its source. */
public enum Operation {
    /** It is there with this content; whether it is new or changed is for the processor to say. */
    UPSERT("upsert"),
    /** It is gone. */
    DELETE("delete");

    private final String wireName;

    Operation(String wireName) {
        this.wireName = wireName;
    }

    /** The lower-case name used in headers. */
    public String wireName() {
        return wireName;
    }

    /** The operation with this wire name; empty when there is none. */
    public static Optional<Operation> of(String wireName) {
        for (Operation operation : values()) {
            if (operation.wireName.equals(wireName)) {
                return Optional.of(operation);
            }
        }
        return Optional.empty();
    }
}
