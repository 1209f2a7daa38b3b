package com.listingsync.console.watch;

/** What a run is about, as far as alerts tell runs apart. */
enum RunKind {
    /** It reads feeds that bear a listing's status alone: listings and sheet rows. Late, a sold listing is still on offer. */
    STATUS("status"),
    /** It reads others too, or nobody knows what its feeds hold. */
    OTHER("other");

    private final String tag;

    RunKind(String tag) {
        this.tag = tag;
    }

    /** The value of the tag {@code kind}. */
    String tag() {
        return tag;
    }
}
