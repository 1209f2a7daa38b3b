package com.listingsync.embedded.world;

/** A row of the Property resource. */
record Listing(Home home, Standing standing, Stamps stamps) implements Row {
    @Override
    public Resource resource() {
        return Resource.PROPERTY;
    }

    @Override
    public String key() {
        return home.key;
    }

    @Override
    public long modifiedMicros() {
        return stamps.modified();
    }

    @Override
    public String ownerKey() {
        return home.key;
    }

    Listing with(Standing newStanding) {
        return new Listing(home, newStanding, stamps);
    }

    Listing with(Standing newStanding, Stamps newStamps) {
        return new Listing(home, newStanding, newStamps);
    }
}
