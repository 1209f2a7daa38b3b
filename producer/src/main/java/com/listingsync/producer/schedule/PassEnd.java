package com.listingsync.producer.schedule;

/** What the end of a pass over a feed says of how often the feed should be read. */
enum PassEnd {
    /** Something had changed. */
    CHANGES,
    /** Nothing had. */
    NOTHING,
    /** Read well, but over everything or over some keys: that says nothing of changes. */
    NO_TELLING,
    /** It could not be read. */
    TROUBLE
}
