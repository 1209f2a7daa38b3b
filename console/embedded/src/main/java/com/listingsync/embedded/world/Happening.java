package com.listingsync.embedded.world;

/**
 * A row of the EntityEvent resource: something was added, changed, or left a feed; the log does not say what (RESO RCP-27). Both
 * feeds see all events, also of rows that they do not see.
 *
 * @param sequence 1 for the first event of the world
 * @param of the resource
 * @param ownerKey key of the row
 */
record Happening(long sequence, Resource of, String ownerKey) implements Row {

    @Override
    public Resource resource() {
        return Resource.EVENTS;
    }

    @Override
    public String key() {
        return "%019d".formatted(sequence);
    }

    @Override
    public long modifiedMicros() {
        return sequence;
    }
}
