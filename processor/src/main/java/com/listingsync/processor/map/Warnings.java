package com.listingsync.processor.map;

/** Who is told that a record was written with something left out. Called on the mapper's thread. */
public interface Warnings {

    /** A value did not fit its column, whose mapping then asks for null. */
    void becameNull(String table, String column);
}
