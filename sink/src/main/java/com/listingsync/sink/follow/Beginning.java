package com.listingsync.sink.follow;

/** Where a group that has never read a topic begins. */
public enum Beginning {
    /** With what is there already: it has still to be followed. */
    OLDEST,
    /** With what comes next: nobody wants to be told what was. */
    NEXT
}
