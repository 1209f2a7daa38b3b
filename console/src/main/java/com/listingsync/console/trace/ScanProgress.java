package com.listingsync.console.trace;

/** Told how far a scan of the log is. */
@FunctionalInterface
public interface ScanProgress {

    /** This many of this many offsets have been read. */
    void at(long done, long total);
}
