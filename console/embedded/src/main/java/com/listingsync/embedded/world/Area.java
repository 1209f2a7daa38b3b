package com.listingsync.embedded.world;

/**
 * A neighbourhood.
 *
 * @param prefix first letter of listing keys there
 * @param fsa first half of its postal codes
 * @param level prices there in percent of the average
 */
record Area(
        String prefix,
        String city,
        String county,
        String major,
        String neighbourhood,
        String fsa,
        double latitude,
        double longitude,
        int level) {}
