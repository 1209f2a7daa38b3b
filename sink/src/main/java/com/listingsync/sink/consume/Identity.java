package com.listingsync.sink.consume;

/**
 * Who an instance of the sink is.
 *
 * @param group consumer group that instances share the work in
 * @param instance name of this instance within the group; no two that run at a time may have the same
 */
public record Identity(String group, String instance) {

    public Identity {
        if (group.isBlank() || instance.isBlank()) {
            throw new IllegalArgumentException("a sink needs a group and an instance name");
        }
    }

    String transactionalId() {
        return group + "-" + instance;
    }
}
