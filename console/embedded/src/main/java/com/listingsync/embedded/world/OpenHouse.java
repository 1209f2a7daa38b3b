package com.listingsync.embedded.world;

/**
 * A row of the OpenHouse resource.
 *
 * @param startSecond seconds since 1970
 * @param minutes how long it lasts
 * @param enteredMicros when it was first scheduled
 */
record OpenHouse(
        String key,
        String ownerKey,
        long startSecond,
        int minutes,
        Status status,
        long enteredMicros,
        long modifiedMicros)
        implements Row {

    enum Status {
        ACTIVE("Active"),
        CANCELED("Canceled"),
        ENDED("Ended");

        final String wireName;

        Status(String wireName) {
            this.wireName = wireName;
        }
    }

    @Override
    public Resource resource() {
        return Resource.OPEN_HOUSES;
    }

    OpenHouse canceled(long at) {
        return new OpenHouse(key, ownerKey, startSecond, minutes, Status.CANCELED, enteredMicros, at);
    }
}
