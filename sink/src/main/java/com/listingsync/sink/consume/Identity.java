package com.listingsync.sink.consume;

/**
 * Who an instance of the sink is.
 *
 * @param group consumer group that instances share the work in
 * @param instance name of this instance within the group; no two that run at a time may have the same
 * @param lasting whether an instance that is started later under the same name is this one again: it then gets this one's partitions
 *     at once (KIP-345)
 */
public record Identity(String group, String instance, boolean lasting) {

    /** An instance that no later one continues. */
    public Identity(String group, String instance) {
        this(group, instance, false);
    }

    public Identity {
        if (group.isBlank() || instance.isBlank()) {
            throw new IllegalArgumentException("a sink needs a group and an instance name");
        }
    }

    String transactionalId() {
        return group + "-" + instance;
    }
}
