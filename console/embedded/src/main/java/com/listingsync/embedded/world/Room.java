package com.listingsync.embedded.world;

/**
 * A row of the PropertyRooms resource.
 *
 * @param ordinal place among the listing's rooms, from 0; type and measures follow from it and the key
 */
record Room(String key, String ownerKey, int ordinal, boolean deleted, long modifiedMicros) implements Row {
    @Override
    public Resource resource() {
        return Resource.ROOMS;
    }

    Room asDeleted(long at) {
        return new Room(key, ownerKey, ordinal, true, at);
    }
}
